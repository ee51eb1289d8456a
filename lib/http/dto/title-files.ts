import { z } from "zod";
import type { TitleFile } from "@/lib/titles/title-files";

export const titleFileSchema = z
  .object({
    id: z.string().meta({ description: "Of this list alone: good as long as the provider lists the file." }),
    provider_id: z.string(),
    provider_name: z.string(),
    name: z.string().meta({ description: "As it is saved." }),
    media_type: z.string(),
    size_bytes: z.int().nonnegative().nullable(),
    language: z.string().nullable(),
    too_large: z
      .boolean()
      .meta({ description: "Larger than `download_max_mib` of the settings: it cannot be fetched." }),
    url: z.string().meta({ description: "Where the file is fetched, on this server." }),
  })
  .meta({ id: "TitleFile" });

export function toTitleFileDto(titleId: string, file: TitleFile): z.infer<typeof titleFileSchema> {
  return {
    id: file.id,
    provider_id: file.providerId,
    provider_name: file.providerName,
    name: file.fileName,
    media_type: file.mediaType,
    size_bytes: file.sizeBytes,
    language: file.language,
    too_large: file.isTooLarge,
    url: toFileUrl(titleId, file.id),
  };
}

export function toFileUrl(titleId: string, fileId: string): string {
  return `/api/v1/titles/${encodeURIComponent(titleId)}/files/${encodeURIComponent(fileId)}`;
}
