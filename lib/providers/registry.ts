import { anilist } from "./adapters/anilist";
import { jikan } from "./adapters/jikan";
import { kitsu } from "./adapters/kitsu";
import { komga } from "./adapters/komga";
import { mangadex } from "./adapters/mangadex";
import { mangaupdates } from "./adapters/mangaupdates";
import { opds } from "./adapters/opds";
import { openlibrary } from "./adapters/openlibrary";
import { tmdb } from "./adapters/tmdb";
import type { ProviderAdapter } from "./provider";

/** Every adapter there is, in the order in which providers are shown. */
export const registry = [
  mangadex,
  anilist,
  kitsu,
  mangaupdates,
  openlibrary,
  jikan,
  opds,
  komga,
  tmdb,
] as const satisfies readonly ProviderAdapter[];
