import type { WorkRecord, WorkTitle } from "@/lib/providers/work";

/** What a provider says of a work now over what it said before: a search's short record does not wipe out a detailed one. */
export function mergeRecord(before: WorkRecord, now: WorkRecord): WorkRecord {
  return {
    externalId: now.externalId,
    titles: mergeTitles(before.titles, now.titles),
    type: now.type === "unknown" ? before.type : now.type,
    year: now.year ?? before.year,
    status: now.status === "unknown" ? before.status : now.status,
    authors: now.authors.length > 0 ? now.authors : before.authors,
    description: longer(now.description, before.description),
    coverUrl: now.coverUrl ?? before.coverUrl,
    contentRating: now.contentRating === "unknown" ? before.contentRating : now.contentRating,
    tags: now.tags.length >= before.tags.length ? now.tags : before.tags,
    languages: now.languages.length > 0 ? now.languages : before.languages,
    ids: { ...before.ids, ...now.ids },
    url: now.url ?? before.url,
  };
}

/** What the provider puts first now stays first; older titles follow as synonyms, none twice. */
function mergeTitles(before: readonly WorkTitle[], now: readonly WorkTitle[]): WorkTitle[] {
  if (now.length === 0) return [...before];
  const texts = new Set(now.map(({ text }) => text));
  const older = before
    .filter(({ text }) => !texts.has(text))
    .map((title) => (title.kind === "main" ? { ...title, kind: "synonym" as const } : title));
  return [...now, ...older];
}

/** Searches cut descriptions short. */
function longer(now: string | null, before: string | null): string | null {
  if (!now || !before) return now || before;
  return before.startsWith(now.replace(/[….\s]+$/, "")) ? before : now;
}
