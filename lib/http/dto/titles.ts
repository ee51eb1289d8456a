import { z } from "zod";
import { toWireCard } from "@/lib/search/wire";
import type { TitleView } from "@/lib/titles/title-reader";
import { workFields } from "./search";

export const titleSchema = z
  .object({
    ...workFields,
    snapshot_at: z.iso.datetime().meta({ description: "When the oldest of its sources was read." }),
    sources: z.array(
      z.object({
        provider_id: z.string(),
        provider_name: z.string(),
        external_id: z.string(),
        url: z.string().nullable(),
        title: z.string(),
        snapshot_at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: "Title" });

export function toTitleDto({ card, sources, snapshotAt }: TitleView, isFavorite: boolean): z.infer<typeof titleSchema> {
  const { score: _, merged_because: __, maybe_same: ___, sources: ____, ...work } = toWireCard(card);
  return {
    ...work,
    is_favorite: isFavorite,
    snapshot_at: new Date(snapshotAt).toISOString(),
    sources: sources.map((source) => ({
      provider_id: source.providerId,
      provider_name: source.providerName,
      external_id: source.externalId,
      url: source.url,
      title: source.title,
      snapshot_at: new Date(source.snapshotAt).toISOString(),
    })),
  };
}
