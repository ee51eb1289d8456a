import { FILMS } from "../catalogue/catalogue";
import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";

/** Shares of films that have subtitles in them, in percent; codes are OpenSubtitles' own. */
const LANGUAGES: readonly (readonly [code: string, percent: number])[] = [
  ["en", 100],
  ["de", 80],
  ["fr", 75],
  ["es", 75],
  ["ea", 40],
  ["pt-br", 70],
  ["it", 60],
  ["pl", 55],
  ["nl", 45],
  ["ja", 45],
  ["zh-cn", 40],
  ["ar", 40],
];
const RELEASES = ["1080p.BluRay.x264", "720p.WEB-DL.H264", "DVDRip.XviD"] as const;
const EPISODES = 3;

/** One subtitle: of a film, or of an episode of a series. */
export interface Subtitle {
  id: number;
  /** Two where it is for the two discs of one film. */
  fileIds: readonly number[];
  work: Work;
  /** From 1, of the first season; null for films. */
  episode: number | null;
  /** Null where its uploader did not say. */
  language: string | null;
  release: string;
  downloads: number;
}

/** Every subtitle of the simulated world, the most fetched first. */
export const SUBTITLES: readonly Subtitle[] = FILMS.flatMap(toSubtitles).sort(
  (one, other) => other.downloads - one.downloads || one.id - other.id,
);

function toSubtitles(work: Work): Subtitle[] {
  const episodes = work.type === "tv" ? Array.from({ length: EPISODES }, (_, index) => index + 1) : [null];
  return episodes.flatMap((episode) =>
    LANGUAGES.filter(([code, percent]) => chance(percent, "subtitle", code, work.key)).flatMap(([language]) =>
      RELEASES.filter((release) => release === RELEASES[0] || chance(30, release, language, work.key)).map((release) =>
        toSubtitle({ work, episode, language, release }),
      ),
    ),
  );
}

function toSubtitle({
  work,
  episode,
  language,
  release,
}: Pick<Subtitle, "work" | "episode" | "release"> & { language: string }): Subtitle {
  const words = [work.key, episode ?? "film", language, release] as const;
  const fileId = 1_000_000 + (hash("file", ...words) % 8_000_000);
  const isOld = release === "DVDRip.XviD";
  return {
    id: 100_000 + (hash("subtitle", ...words) % 9_000_000),
    fileIds: isOld && episode === null && work.year < 2004 ? [fileId, fileId + 1] : [fileId],
    work,
    episode,
    language: isOld && chance(20, "silent", ...words) ? null : language,
    release: `${work.romaji.replace(/[^A-Za-z0-9]+/g, ".")}.${episode === null ? work.year : `S01E0${episode}`}.${release}`,
    downloads: hash("downloads", ...words) % 700_000,
  };
}

/** As `data` of an answer has it. */
export function toEntry({ id, fileIds, work, episode, language, release, downloads }: Subtitle): object {
  const isPlain = chance(60, "plain", id);
  return {
    id: String(id),
    type: "subtitle",
    attributes: {
      subtitle_id: String(id),
      language,
      download_count: downloads,
      new_download_count: downloads % 1000,
      hearing_impaired: isPlain ? false : chance(60, "deaf", id) || null,
      hd: release.includes("1080p"),
      fps: isPlain ? 23.976 : 0,
      votes: id % 9,
      points: id % 20,
      ratings: id % 11,
      from_trusted: chance(40, "trusted", id) || null,
      foreign_parts_only: false,
      upload_date: `${Math.min(2026, work.year + 2)}-03-14T09:26:53Z`,
      ai_translated: chance(8, "ai", id),
      machine_translated: false,
      moviehash_match: false,
      release: isPlain ? release : `${release}\r\n`,
      comments: isPlain ? "" : "Resynced &amp; checked",
      legacy_subtitle_id: id,
      uploader: chance(80, "named", id)
        ? { uploader_id: id % 5000, name: `keeper${id % 40}`, rank: "Subtitle Translator" }
        : { uploader_id: null, name: null, rank: "anonymous" },
      feature_details: episode === null ? toFilm(work) : toEpisode(work, episode),
      url: `https://www.opensubtitles.com/en/subtitles/legacy/${id}`,
      // An object or a list, as it pleases.
      related_links: isPlain
        ? []
        : { label: "All subtitles", url: "https://www.opensubtitles.com/en/features/redirect" },
      files: fileIds.map((fileId, index) => ({
        file_id: fileId,
        cd_number: index + 1,
        file_name: isPlain ? release : null,
      })),
    },
  };
}

/** A number, without the zeros. */
export function imdbNumber(work: Work, episode: number | null): number {
  const own = Number(work.ids.imdb.replace("tt", ""));
  return episode === null ? own : 10_000_000 + (hash("imdb", work.key, episode) % 9_000_000);
}

function toFilm(work: Work): object {
  const title = work.english ?? work.romaji;
  return {
    feature_id: 1_000 + (hash("feature", work.key) % 2_000_000),
    feature_type: "Movie",
    year: work.year,
    title,
    movie_name: `${work.year} - ${title}`,
    imdb_id: imdbNumber(work, null),
    tmdb_id: work.ids.tmdb,
  };
}

function toEpisode(work: Work, episode: number): object {
  const series = work.english ?? work.romaji;
  return {
    feature_id: 1_000 + (hash("feature", work.key, episode) % 2_000_000),
    feature_type: "Episode",
    year: work.year,
    title: `Episode ${episode}`,
    movie_name: `${series} - S01E0${episode}  Episode ${episode}`,
    imdb_id: imdbNumber(work, episode),
    tmdb_id: 60_000 + (hash("tmdb", work.key, episode) % 900_000),
    season_number: 1,
    episode_number: episode,
    parent_imdb_id: imdbNumber(work, null),
    parent_title: series,
    parent_tmdb_id: work.ids.tmdb,
    parent_feature_id: 1_000 + (hash("feature", work.key) % 2_000_000),
  };
}

/** A few lines as SubRip has them. */
export function toSubRip({ work, language }: Subtitle): string {
  const cues = [work.english ?? work.romaji, ...work.description.split(/(?<=[,.;]) /), `(${language ?? "?"})`];
  const at = (second: number) => `00:00:${String(second).padStart(2, "0")},000`;
  return cues
    .map((cue, index) => `${index + 1}\r\n${at(index * 3 + 1)} --> ${at(index * 3 + 3)}\r\n${cue}\r\n`)
    .join("\r\n");
}
