import type { FileGroup, TitleFilesProps } from "@/components/titles/title-files";
import { toFileUrl } from "@/lib/http/dto/title-files";
import type { TitleFileList } from "@/lib/titles/title-files";

/** The files of a title by provider, in the order of its sources. */
export function toFileGroups({ titleId, files, missing }: TitleFileList): TitleFilesProps {
  const groups = new Map<string, FileGroup>();
  for (const { id, fileName, providerId, providerName, sizeBytes, language, isTooLarge } of files) {
    const row = { id, name: fileName, href: isTooLarge ? null : toFileUrl(titleId, id), sizeBytes, language };
    const rows = groups.get(providerId)?.files ?? [];
    groups.set(providerId, { providerId, providerName, files: [...rows, row] });
  }
  const namesOf = (isPending: boolean) =>
    missing.flatMap((each) => (each.isPending === isPending ? [each.providerName] : []));
  return { groups: [...groups.values()], pending: namesOf(true), failed: namesOf(false) };
}
