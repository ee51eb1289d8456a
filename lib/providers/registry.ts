import { anilist } from "./adapters/anilist";
import { kitsu } from "./adapters/kitsu";
import { mangadex } from "./adapters/mangadex";
import { mangaupdates } from "./adapters/mangaupdates";
import { opds } from "./adapters/opds";
import type { ProviderAdapter } from "./provider";

/** Every adapter there is, in the order in which providers are shown. */
export const registry = [mangadex, anilist, kitsu, mangaupdates, opds] as const satisfies readonly ProviderAdapter[];
