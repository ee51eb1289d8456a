import { CATALOGUE } from "../catalogue/catalogue";
import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { OLD_BASE, odd, pick, relatedTo, toIdentifier } from "./kitsu-related";
import { toSlug } from "./slug";

const SUBTYPES: Readonly<Record<string, string>> = { one_shot: "oneshot", doujinshi: "doujin", comic: "oel" };
const STATUSES: Readonly<Record<string, string>> = {
  finished: "finished",
  cancelled: "finished",
  upcoming: "upcoming",
};
const AGE_RATINGS: Readonly<Record<string, string>> = {
  safe: "PG",
  suggestive: "R",
  erotica: "R",
  pornographic: "R18",
};
const JAPANESE_TITLE_KEYS = ["en_jp", "ja_jp"] as const;
const TITLE_KEYS: Readonly<Record<string, readonly [string, string]>> = {
  ko: ["en_kr", "ko_kr"],
  zh: ["en_cn", "zh_cn"],
  en: ["en_us", "ko_kr"],
};

export const subtypeOf = (work: Work) => SUBTYPES[work.type] ?? work.type;
/** Kitsu has no word for a hiatus or for works that were dropped. */
export const statusOf = (work: Work) => STATUSES[work.status] ?? "current";
/** Hidden from everyone who is not signed in. */
export const isHidden = (work: Work) => work.rating === "pornographic";

const SLUGS: ReadonlyMap<string, string> = giveSlugs();

/** Works of one name are told apart by a number at the end. */
function giveSlugs(): Map<string, string> {
  const slugs = new Map<string, string>();
  const used = new Map<string, number>();
  for (const work of CATALOGUE) {
    const slug = toSlug(work.romaji) || String(work.ids.kt);
    const count = (used.get(slug) ?? 0) + 1;
    used.set(slug, count);
    slugs.set(work.key, count === 1 ? slug : `${slug}-${count}`);
  }
  return slugs;
}

export function slugOf(work: Work): string {
  return SLUGS.get(work.key) ?? toSlug(work.romaji);
}

export function startDateOf(work: Work): string | null {
  if (odd(work, 4, "no start")) return null;
  const part = (name: string, most: number) => String(1 + (hash(name, work.key) % most)).padStart(2, "0");
  return `${work.year}-${part("month", 12)}-${part("day", 28)}`;
}

export function posterPath(work: Work, size: string): string {
  return `/manga/poster_images/${work.ids.kt}/${size}.jpg`;
}

/** The resource, cut to `fields[manga]` when that is given. */
export function toManga(work: Work, query: URLSearchParams, cdnOrigin: string): unknown {
  const self = `${OLD_BASE}/manga/${work.ids.kt}`;
  const links = (name: string) => ({ self: `${self}/relationships/${name}`, related: `${self}/${name}` });
  const include = (query.get("include") ?? "").split(",");
  const relationships = Object.fromEntries(
    ["categories", "genres", "staff", "mappings", "characters", "reviews"].map((name) => {
      const linked = include.some((path) => path.split(".")[0] === name);
      return [name, { links: links(name), ...(linked ? { data: relatedTo(work, name).map(toIdentifier) } : {}) }];
    }),
  );
  const wanted = query.get("fields[manga]");
  return {
    id: String(work.ids.kt),
    type: "manga",
    links: { self },
    attributes: pick(attributesOf(work, cdnOrigin), wanted),
    relationships: pick(relationships, wanted),
  };
}

function attributesOf(work: Work, cdnOrigin: string): Record<string, unknown> {
  const description = odd(work, 4, "no description") ? "" : `${work.description}\n\n(Source: Kitsu)`;
  const poster = (size: string) =>
    `${cdnOrigin}${posterPath(work, size)}?${1_500_000_000 + (hash("poster", work.key) % 1_000_000)}`;
  return {
    createdAt: "2013-12-18T13:48:26.412Z",
    updatedAt: "2026-05-12T06:00:11.210Z",
    slug: slugOf(work),
    synopsis: description,
    description,
    coverImageTopOffset: 0,
    titles: titlesOf(work),
    canonicalTitle: work.language === "ja" || !work.english ? work.romaji : work.english,
    abbreviatedTitles: work.synonyms.length > 0 ? work.synonyms : odd(work, 50, "no abbreviations") ? null : [],
    averageRating: odd(work, 6, "no rating") ? null : (work.score * 100).toFixed(2),
    userCount: hash("users", work.key) % 90_000,
    favoritesCount: hash("favourites", work.key) % 4_000,
    startDate: startDateOf(work),
    endDate: work.status === "finished" ? `${work.year + (hash("length", work.key) % 12)}-06-15` : null,
    nextRelease: null,
    popularityRank: 1 + (hash("popularity", work.key) % 20_000),
    ratingRank: 1 + (hash("rank", work.key) % 20_000),
    ageRating: odd(work, 15, "no age rating") ? null : (AGE_RATINGS[work.rating] ?? null),
    ageRatingGuide: work.rating === "safe" ? "" : "Violence, Language",
    subtype: subtypeOf(work),
    status: statusOf(work),
    tba: "",
    posterImage: odd(work, 4, "no poster")
      ? null
      : {
          tiny: poster("tiny"),
          small: poster("small"),
          medium: poster("medium"),
          large: poster("large"),
          original: poster("original"),
          meta: { dimensions: { tiny: { width: 110, height: 156 }, large: { width: 550, height: 780 } } },
        },
    coverImage: null,
    chapterCount: work.status === "finished" ? 1 + (hash("chapters", work.key) % 300) : null,
    volumeCount: work.status === "finished" ? 1 + (hash("volumes", work.key) % 40) : 0,
    serialization: null,
    mangaType: subtypeOf(work),
  };
}

function titlesOf(work: Work): Record<string, string | null> {
  const [romanised, native] = TITLE_KEYS[work.language] ?? JAPANESE_TITLE_KEYS;
  return {
    ...(work.english && !odd(work, 20, "no english") ? { en: work.english } : { en: null }),
    [romanised]: work.romaji,
    ...(work.native && !odd(work, 8, "no native") ? { [native]: work.native } : {}),
    ...(work.english && chance(30, "us", work.key) ? { en_us: work.english } : {}),
  };
}
