import { anilist } from "./adapters/anilist";
import { anthropic } from "./adapters/anthropic";
import { cursor } from "./adapters/cursor";
import { gemini } from "./adapters/gemini";
import { jikan } from "./adapters/jikan";
import { kitsu } from "./adapters/kitsu";
import { komga } from "./adapters/komga";
import { mangadex } from "./adapters/mangadex";
import { mangaupdates } from "./adapters/mangaupdates";
import { opds } from "./adapters/opds";
import { openAiCompatible } from "./adapters/openai-compatible";
import { openlibrary } from "./adapters/openlibrary";
import { opensubtitles } from "./adapters/opensubtitles";
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
  opensubtitles,
  openAiCompatible,
  anthropic,
  gemini,
  cursor,
] as const satisfies readonly ProviderAdapter[];
