import { UPSTREAM_IDS } from "../catalogue/shelf";

/** Simulated APIs that have nothing of the catalogue of works: subtitles and language models. */
export const SERVICE_IDS = [
  "opensubtitles",
  "openai",
  "deepseek",
  "qwen",
  "openai-compatible-attic",
  "anthropic",
  "gemini",
  "cursor",
] as const;
export type ServiceId = (typeof SERVICE_IDS)[number];

const SERVICES: ReadonlySet<string> = new Set(SERVICE_IDS);

export function isService(id: SimulatedId): id is ServiceId {
  return SERVICES.has(id);
}

/** Everything that the demo simulates. */
export const SIMULATED_IDS = [...UPSTREAM_IDS, ...SERVICE_IDS] as const;
export type SimulatedId = (typeof SIMULATED_IDS)[number];
