import type { ProviderKind } from "@/lib/providers/provider";

/** One provider of a kind. */
export const KIND_WORDS = {
  catalogue: "Catalogue",
  metadata: "Metadata",
  subtitles: "Subtitles",
  ai: "AI models",
} as const satisfies Record<ProviderKind, string>;
