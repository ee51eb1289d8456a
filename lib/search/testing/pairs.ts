import type { ItemSketch } from "./items";

export interface LabelledPair {
  name: string;
  same: boolean;
  a: ItemSketch;
  b: ItemSketch;
}

const same = (name: string, a: ItemSketch, b: ItemSketch): LabelledPair => ({ name, same: true, a, b });
const apart = (name: string, a: ItemSketch, b: ItemSketch): LabelledPair => ({ name, same: false, a, b });

const md = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "mangadex",
  titles,
  ...rest,
});
const al = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "anilist",
  titles,
  ...rest,
});
const mu = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "mangaupdates",
  titles,
  ...rest,
});
const kt = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "kitsu",
  titles,
  ...rest,
});
const jk = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "jikan",
  titles,
  ...rest,
});
const ol = (titles: string[], rest: Omit<ItemSketch, "provider" | "titles">): ItemSketch => ({
  provider: "openlibrary",
  titles,
  type: "book",
  ...rest,
});

/** Pairs labelled by hand. MangaUpdates' search names no authors; names and years are spelt as the catalogues spell them. */
export const LABELLED_PAIRS: readonly LabelledPair[] = [
  same(
    "Berserk without authors at one",
    md(["Berserk"], {
      native: "ベルセルク",
      year: 1989,
      authors: ["Miura Kentarou"],
      ids: { mal: "2", al: "30002", mu: "88" },
    }),
    mu(["Berserk"], { year: 1989, ids: { mu: "88" } }),
  ),
  same(
    "name order",
    md(["Spy × Family"], { year: 2019, authors: ["Endou Tatsuya"], ids: { al: "108556" } }),
    al(["SPY×FAMILY"], { english: "Spy x Family", year: 2019, authors: ["Tatsuya Endo"], ids: { al: "108556" } }),
  ),
  same(
    "× and x",
    al(["HUNTER×HUNTER"], { year: 1998, authors: ["Yoshihiro Togashi"], ids: { mal: "26", al: "30026" } }),
    kt(["Hunter x Hunter"], { year: 1998, authors: ["Yoshihiro Togashi"], ids: { mal: "26" } }),
  ),
  same(
    "brackets hold the whole title",
    al(["[Oshi no Ko]"], {
      native: "【推しの子】",
      year: 2020,
      authors: ["Aka Akasaka", "Mengo Yokoyari"],
      ids: { al: "117195" },
    }),
    md(["Oshi no Ko"], { year: 2020, authors: ["Akasaka Aka", "Yokoyari Mengo"], ids: { al: "117195" } }),
  ),
  same(
    "English against romanised with a common synonym",
    al(["Shingeki no Kyojin"], {
      english: "Attack on Titan",
      year: 2009,
      authors: ["Hajime Isayama"],
      ids: { mal: "23390" },
    }),
    kt(["Attack on Titan"], { year: 2009, authors: ["Hajime Isayama"], ids: { mal: "23390" } }),
  ),
  same(
    "one year apart",
    md(["Kimetsu no Yaiba"], {
      english: "Demon Slayer: Kimetsu no Yaiba",
      year: 2016,
      authors: ["Gotouge Koyoharu"],
      ids: { mal: "96792" },
    }),
    jk(["Kimetsu no Yaiba"], { year: 2015, authors: ["Gotouge, Koyoharu"], ids: { mal: "96792" } }),
  ),
  same(
    "long vowels in the author",
    md(["Death Note"], { year: 2003, authors: ["Ohba Tsugumi", "Obata Takeshi"], ids: { al: "30021" } }),
    al(["DEATH NOTE"], { year: 2003, authors: ["Tsugumi Ooba", "Takeshi Obata"], ids: { al: "30021" } }),
  ),
  same(
    "long vowels in the title",
    md(["Shoukoku no Altair"], { year: 2007, authors: ["Katou Kotono"], ids: { al: "38085" } }),
    kt(["Shokoku no Altair"], { year: 2007, authors: ["Kotono Kato"], ids: { al: "38085" } }),
  ),
  same(
    "apostrophe",
    al(["JoJo no Kimyou na Bouken: Steel Ball Run"], {
      english: "JoJo’s Bizarre Adventure: Steel Ball Run",
      year: 2004,
      authors: ["Hirohiko Araki"],
      ids: { mal: "1706" },
    }),
    kt(["JoJo's Bizarre Adventure: Steel Ball Run"], { year: 2004, authors: ["Hirohiko Araki"], ids: { mal: "1706" } }),
  ),
  same(
    "native title alone in common",
    md(["Yotsubato!"], { native: "よつばと！", year: 2003, authors: ["Azuma Kiyohiko"], ids: { mal: "104" } }),
    al(["Yotsuba &!"], { native: "よつばと!", year: 2003, authors: ["Kiyohiko Azuma"], ids: { mal: "104" } }),
  ),
  same(
    "width of kana",
    md(["ﾄﾞﾗｺﾞﾝﾎﾞｰﾙ"], { english: "Dragon Ball", year: 1984, authors: ["Toriyama Akira"], ids: { mal: "42" } }),
    al(["ドラゴンボール"], { year: 1984, authors: ["Akira Toriyama"], ids: { mal: "42" } }),
  ),
  same(
    "digit or word, by a common English title",
    md(["5-toubun no Hanayome"], {
      english: "The Quintessential Quintuplets",
      year: 2017,
      authors: ["Haruba Negi"],
      ids: { al: "100077" },
    }),
    al(["Go-toubun no Hanayome"], {
      english: "The Quintessential Quintuplets",
      year: 2017,
      authors: ["Negi Haruba"],
      ids: { al: "100077" },
    }),
  ),
  same(
    "ampersand",
    md(["Horimiya"], { native: "ホリミヤ", year: 2011, authors: ["HERO", "Hagiwara Daisuke"], ids: { mal: "42451" } }),
    al(["Horimiya"], { year: 2011, authors: ["HERO", "Daisuke Hagiwara"], ids: { mal: "42451" } }),
  ),
  same(
    "plus sign",
    md(["Citrus+"], { year: 2018, authors: ["Saburouta"], ids: { al: "105323" } }),
    al(["citrus +"], { year: 2018, authors: ["Saburouta"], ids: { al: "105323" } }),
  ),
  same(
    "accents",
    md(["Pokémon Adventures"], { year: 1997, authors: ["Kusaka Hidenori"], ids: { mal: "1270" } }),
    kt(["Pokemon Adventures"], { year: 1997, authors: ["Hidenori Kusaka"], ids: { mal: "1270" } }),
  ),
  same(
    "manga and manhwa are one family",
    md(["Solo Leveling"], { type: "manhwa", year: 2018, authors: ["Chugong", "DUBU"], ids: { al: "105398" } }),
    al(["Na Honjaman Level Up"], {
      english: "Solo Leveling",
      type: "manhwa",
      year: 2018,
      authors: ["Chugong"],
      ids: { al: "105398" },
    }),
  ),
  same(
    "no author, main titles, same year",
    kt(["Tower of God"], { type: "manhwa", year: 2010, authors: ["SIU"], ids: { mu: "5" } }),
    mu(["Tower of God"], { type: "manhwa", year: 2010, ids: { mu: "5" } }),
  ),
  same(
    "half numbers",
    md(["Ranma ½"], { year: 1987, authors: ["Takahashi Rumiko"], ids: { mal: "7" } }),
    al(["Ranma 1/2"], { year: 1987, authors: ["Rumiko Takahashi"], ids: { mal: "7" } }),
  ),
  same(
    "stars in the title",
    md(["Lovely★Complex"], { year: 2001, authors: ["Nakahara Aya"], ids: { mal: "226" } }),
    jk(["Lovely Complex"], { year: 2001, authors: ["Nakahara, Aya"], ids: { mal: "226" } }),
  ),
  same(
    "wo or o",
    md(["Kimi no Suizou wo Tabetai Series"], { year: 2016, authors: ["Sumino Yoru"], ids: { al: "97667" } }),
    al(["Kimi no Suizou o Tabetai Series"], { year: 2016, authors: ["Yoru Sumino"], ids: { al: "97667" } }),
  ),
  same(
    "author in another script, same year",
    {
      provider: "komga-home",
      titles: ["Vinland Saga"],
      year: 2005,
      type: "manga",
      authors: ["幸村誠"],
      ids: { al: "30642" },
    },
    al(["Vinland Saga"], { year: 2005, authors: ["Makoto Yukimura"], ids: { al: "30642" } }),
  ),
  same(
    "role in brackets",
    md(["Bakuman."], { year: 2008, authors: ["Ohba Tsugumi (Story)", "Obata Takeshi (Art)"], ids: { mal: "9711" } }),
    al(["Bakuman."], { year: 2008, authors: ["Takeshi Obata"], ids: { mal: "9711" } }),
  ),
  same(
    "light novel at two places",
    al(["Kumo desu ga, Nani ka?"], { type: "novel", year: 2015, authors: ["Okina Baba"], ids: { mal: "91459" } }),
    jk(["Kumo Desu ga, Nani ka?"], { type: "novel", year: 2015, authors: ["Baba, Okina"], ids: { mal: "91459" } }),
  ),
  same(
    "one-shot at two places",
    al(["Look Back"], {
      native: "ルックバック",
      type: "one_shot",
      year: 2021,
      authors: ["Tatsuki Fujimoto"],
      ids: { al: "136720" },
    }),
    kt(["Look Back"], { type: "one_shot", year: 2021, authors: ["Tatsuki Fujimoto"], ids: { al: "136720" } }),
  ),
  same(
    "a slip of one letter in the author",
    md(["Bocchi the Rock!"], { year: 2017, authors: ["Hamaji Aki"], ids: { al: "108562" } }),
    kt(["Bocchi the Rock!"], { year: 2017, authors: ["Aki Hamazi"], ids: { al: "108562" } }),
  ),
  same(
    "book at two libraries",
    ol(["The Left Hand of Darkness"], { year: 1969, authors: ["Ursula K. Le Guin"], ids: { ol: "OL59800W" } }),
    {
      provider: "opds-home",
      titles: ["The left hand of darkness"],
      type: "book",
      year: 1969,
      authors: ["Ursula K. Le Guin"],
      ids: { ol: "OL59800W" },
    },
  ),
  same(
    "colon or dash",
    al(["Re:Zero kara Hajimeru Isekai Seikatsu"], {
      type: "novel",
      year: 2014,
      authors: ["Tappei Nagatsuki"],
      ids: { mal: "74697" },
    }),
    kt(["Re-Zero kara Hajimeru Isekai Seikatsu"], {
      type: "novel",
      year: 2014,
      authors: ["Tappei Nagatsuki"],
      ids: { mal: "74697" },
    }),
  ),
  same(
    "Korean script",
    md(["전지적 독자 시점"], {
      english: "Omniscient Reader",
      type: "manhwa",
      year: 2020,
      authors: ["sing N song"],
      ids: { al: "119257" },
    }),
    al(["Jeonjijeok Dokja Sijeom"], {
      native: "전지적 독자 시점",
      type: "manhwa",
      year: 2020,
      authors: ["sing N song"],
      ids: { al: "119257" },
    }),
  ),
  same(
    "Roman full width",
    md(["ＡＫＩＲＡ"], { year: 1982, authors: ["Otomo Katsuhiro"], ids: { mal: "664" } }),
    al(["AKIRA"], { year: 1982, authors: ["Katsuhiro Ootomo"], ids: { mal: "664" } }),
  ),
  same(
    "macron",
    kt(["Shōjo Kakumei Utena"], { year: 1996, authors: ["Chiho Saitō"], ids: { mal: "1077" } }),
    al(["Shoujo Kakumei Utena"], { year: 1996, authors: ["Chiho Saitou"], ids: { mal: "1077" } }),
  ),
  same(
    "no author, native title of both",
    md(["Aku no Hana"], { native: "惡の華", year: 2009, authors: ["Oshimi Shuuzou"], ids: { mu: "77" } }),
    mu(["Aku no Hana"], { native: "惡の華", year: 2009, ids: { mu: "77" } }),
  ),
  same(
    "author without a common script but common title and year",
    md(["Dandadan"], { native: "ダンダダン", year: 2021, authors: ["龍幸伸"], ids: { al: "132029" } }),
    al(["Dandadan"], { year: 2021, authors: ["Yukinobu Tatsu"], ids: { al: "132029" } }),
  ),
  same(
    "Kitsu says two years less, ids agree",
    md(["Fullmetal Alchemist"], { year: 2001, authors: ["Arakawa Hiromu"], ids: { mal: "25", kt: "47" } }),
    kt(["Hagane no Renkinjutsushi"], { year: 1999, authors: ["Hiromu Arakawa"], ids: { kt: "47" } }),
  ),
  same(
    "wholly different titles, ids agree",
    md(["Detective Conan"], { year: 1994, authors: ["Aoyama Goushou"], ids: { mal: "1061" } }),
    jk(["Case Closed"], { year: 1994, authors: ["Aoyama, Gosho"], ids: { mal: "1061" } }),
  ),
  same(
    "no year at one, ids agree",
    md(["Nichijou"], { authors: ["Arawi Keiichi"], ids: { mal: "11137" } }),
    al(["Nichijou"], { year: 2006, authors: ["Keiichi Arawi"], ids: { mal: "11137" } }),
  ),

  apart(
    "sequel with a suffix",
    md(["Tokyo Ghoul"], { year: 2011, authors: ["Ishida Sui"], ids: { mal: "33327" } }),
    al(["Tokyo Ghoul:re"], { year: 2014, authors: ["Sui Ishida"], ids: { mal: "81117" } }),
  ),
  apart(
    "20th and 21st",
    md(["20th Century Boys"], { year: 1999, authors: ["Urasawa Naoki"], ids: { mal: "3" } }),
    al(["21st Century Boys"], { year: 2007, authors: ["Naoki Urasawa"], ids: { mal: "37" } }),
  ),
  apart(
    "20th and 21st, without years to tell",
    md(["20th Century Boys"], { authors: ["Urasawa Naoki"] }),
    al(["21st Century Boys"], { authors: ["Naoki Urasawa"] }),
  ),
  apart(
    "parody of the same name",
    md(["Dragon Ball"], { year: 1984, authors: ["Toriyama Akira"], ids: { mal: "42" } }),
    al(["Dragon Ball SD"], { year: 2010, authors: ["Naho Ooishi"], ids: { mal: "33903" } }),
  ),
  apart(
    "plus is another work",
    md(["Citrus"], { year: 2012, authors: ["Saburouta"], ids: { al: "85135" } }),
    al(["Citrus+"], { year: 2018, authors: ["Saburouta"], ids: { al: "105323" } }),
  ),
  apart(
    "novel and its comic",
    al(["Kumo desu ga, Nani ka?"], { type: "novel", year: 2015, authors: ["Okina Baba"] }),
    md(["Kumo desu ga, Nani ka?"], { type: "manga", year: 2015, authors: ["Baba Okina"] }),
  ),
  apart(
    "novel and its comic under one id",
    al(["Overlord"], { type: "novel", year: 2012, authors: ["Kugane Maruyama"], ids: { mal: "37675" } }),
    md(["Overlord"], { type: "manga", year: 2012, authors: ["Maruyama Kugane"], ids: { mal: "37675" } }),
  ),
  apart(
    "pilot one-shot and series",
    al(["Naruto"], { type: "one_shot", year: 1997, authors: ["Masashi Kishimoto"] }),
    md(["Naruto"], { type: "manga", year: 1997, authors: ["Kishimoto Masashi"] }),
  ),
  apart(
    "web comic and its remake",
    md(["One Punch-Man"], { year: 2009, authors: ["ONE"], ids: { mal: "53749" } }),
    al(["One Punch Man"], { year: 2012, authors: ["ONE", "Yusuke Murata"], ids: { mal: "44347" } }),
  ),
  apart(
    "web comic and its remake, year unknown",
    md(["One Punch-Man"], { authors: ["ONE"] }),
    al(["One Punch Man"], { year: 2012, authors: ["ONE", "Yusuke Murata"] }),
  ),
  apart(
    "web original",
    md(["Hori-san to Miyamura-kun"], { year: 2007, authors: ["HERO"], ids: { mal: "20229" } }),
    al(["Horimiya"], { year: 2011, authors: ["HERO", "Daisuke Hagiwara"], ids: { mal: "42451" } }),
  ),
  apart(
    "same name, other people, same year",
    md(["Orange"], { year: 2012, authors: ["Takano Ichigo"] }),
    al(["Orange"], { year: 2012, authors: ["Benjamin Zhang"] }),
  ),
  apart(
    "same name, long apart",
    md(["Monster"], { year: 1994, authors: ["Urasawa Naoki"] }),
    al(["Monster"], { year: 2009, authors: ["Naoki Urasawa"] }),
  ),
  apart(
    "same name, no authors, other year",
    md(["Blue"], { year: 1996, authors: ["Nananan Kiriko"] }),
    mu(["Blue"], { year: 1998 }),
  ),
  apart(
    "doujinshi of a series",
    md(["K-On!"], { year: 2007, authors: ["Kakifly"] }),
    mu(["K-On!"], { type: "doujinshi", year: 2007 }),
  ),
  apart(
    "second volume of a series of novels",
    jk(["Sword Art Online 2"], { type: "novel", year: 2009, authors: ["Kawahara, Reki"] }),
    al(["Sword Art Online 1"], { type: "novel", year: 2009, authors: ["Reki Kawahara"] }),
  ),
  apart(
    "arc with another number",
    md(["Umineko no Naku Koro ni Episode 1"], { year: 2008, authors: ["Ryukishi07"] }),
    al(["Umineko no Naku Koro ni Episode 2"], { year: 2008, authors: ["Ryukishi07"] }),
  ),
  apart(
    "voicing marks make other letters",
    md(["カキ"], { year: 2010, authors: ["Yamada Taro"] }),
    al(["ガキ"], { year: 2010, authors: ["Taro Yamada"] }),
  ),
  apart(
    "spin-off with the name in front",
    md(["Attack on Titan: Before the Fall"], { year: 2013, authors: ["Suzukaze Ryou"] }),
    al(["Attack on Titan"], { year: 2013, authors: ["Hajime Isayama"] }),
  ),
  apart(
    "sequel by one letter",
    md(["Shokugeki no Souma"], { year: 2012, authors: ["Tsukuda Yuuto"] }),
    al(["Shokugeki no Soumas"], { year: 2012, authors: ["Yuuto Tsukuda"] }),
  ),
  apart(
    "unknown type never merges by likeness",
    { provider: "opds-home", titles: ["Berserk"], type: "unknown", year: 1989, authors: ["Kentaro Miura"] },
    md(["Berserk"], { year: 1989, authors: ["Miura Kentarou"] }),
  ),
  apart(
    "printed volume and series",
    ol(["Berserk"], { year: 1989, authors: ["Kentaro Miura"] }),
    md(["Berserk"], { year: 1989, authors: ["Miura Kentarou"] }),
  ),
  apart(
    "two works of one provider",
    md(["Nausicaä of the Valley of the Wind"], { id: "a", year: 1982, authors: ["Miyazaki Hayao"] }),
    md(["Nausicaa of the Valley of the Wind"], { id: "b", year: 1982, authors: ["Miyazaki Hayao"] }),
  ),
  apart(
    "same title and people, ids differ",
    md(["Uzumaki"], { year: 1998, authors: ["Ito Junji"], ids: { mal: "436" } }),
    jk(["Uzumaki"], { year: 1998, authors: ["Ito, Junji"], ids: { mal: "9999" } }),
  ),
  apart(
    "short common synonym without an author",
    md(["One Piece", "OP"], { year: 1997, authors: ["Oda Eiichirou"] }),
    mu(["Ore no Paradise", "OP"], { year: 1997 }),
  ),
  apart(
    "common synonym without an author",
    md(["Kaguya-sama wa Kokurasetai", "Love is War"], { year: 2015, authors: ["Akasaka Aka"] }),
    mu(["Koi wa Sensou", "Love is War"], { year: 2015 }),
  ),
  apart(
    "near title, other author",
    md(["Kimi ni Todoke"], { year: 2005, authors: ["Shiina Karuho"] }),
    al(["Kimi no Todoke"], { year: 2005, authors: ["Someone Else"] }),
  ),
  apart(
    "next generation",
    md(["Boruto: Naruto Next Generations"], { year: 2016, authors: ["Kishimoto Masashi"], ids: { mal: "96793" } }),
    al(["Boruto: Two Blue Vortex"], { year: 2023, authors: ["Masashi Kishimoto"], ids: { mal: "162876" } }),
  ),
  apart(
    "Z in the name",
    md(["Mazinger"], { year: 1972, authors: ["Nagai Go"] }),
    al(["Mazinger Z"], { year: 1972, authors: ["Go Nagai"] }),
  ),
  apart(
    "gaiden",
    md(["Girls und Panzer"], { year: 2012, authors: ["Girls und Panzer Projekt"] }),
    al(["Girls und Panzer: Little Army"], { year: 2012, authors: ["Girls und Panzer Projekt"] }),
  ),
  apart(
    "film of the same name",
    { provider: "tmdb", titles: ["Akira"], type: "movie", year: 1988, authors: [] },
    mu(["Akira"], { year: 1988 }),
  ),
  apart(
    "anthology of several with one author in common",
    md(["Fate/stay night"], { year: 2006, authors: ["TYPE-MOON"] }),
    al(["Fate/Zero"], { year: 2006, authors: ["TYPE-MOON"] }),
  ),
  apart(
    "year missing at both",
    md(["Switch"], { authors: ["Naked Ape"] }),
    al(["Switch"], { authors: ["Atsushi Namikiri"] }),
  ),
  apart(
    "second part in Roman numerals",
    md(["Gunslinger Chronicle II"], { year: 2004, authors: ["Aida Yu"] }),
    al(["Gunslinger Chronicle III"], { year: 2004, authors: ["Yu Aida"] }),
  ),
];
