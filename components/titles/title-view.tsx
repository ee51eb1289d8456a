import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { formatLanguage } from "@/lib/format";
import type { CrossIds, WorkStatus, WorkTitle, WorkType } from "@/lib/providers/work";
import { toCrossLinks } from "@/lib/titles/cross-links";
import { Cover } from "./cover";
import { type SourceRow, TitleSources } from "./title-sources";
import { findCoverMark, findNativeTitle, STATUS_WORDS, TYPE_WORDS, toLang } from "./work-words";

const COVER_WIDTH = 240;

export interface TitleDetails {
  id: string;
  title: string;
  titles: readonly WorkTitle[];
  type: WorkType;
  year: number | null;
  status: WorkStatus;
  authors: readonly string[];
  description: string | null;
  hasCover: boolean;
  tags: readonly string[];
  languages: readonly string[];
  ids: CrossIds;
  sources: readonly SourceRow[];
  mergedBecause: readonly { rule: string; detail: string }[];
}

interface TitleViewProps {
  details: TitleDetails;
  /** "from 3 h ago, its providers are down", when the page cannot be fresher. */
  notice: ReactNode;
  files: ReactNode;
  star: ReactNode;
  favorite: ReactNode;
}

/** Everything known of one work, and who says so. */
export function TitleView({ details, notice, files, star, favorite }: TitleViewProps) {
  const { title, titles } = details;
  const lang = toLang(title, titles);
  const native = findNativeTitle(title, titles);
  return (
    <article className="grid gap-x-8 gap-y-6 sm:grid-cols-[200px_minmax(0,1fr)] lg:grid-cols-[240px_minmax(0,1fr)]">
      <div>
        <Cover
          titleId={details.id}
          title={title}
          lang={lang}
          hasPicture={details.hasCover}
          width={COVER_WIDTH}
          eager
          mark={findCoverMark(details)}
          className="mx-auto w-40 sm:w-full"
        />
      </div>
      <div className="flex min-w-0 flex-col gap-7">
        <header>
          <div className="flex items-start justify-between gap-4">
            <h1 lang={lang} className="break-words text-xl sm:text-2xl">
              {title}
            </h1>
            {star}
          </div>
          {native ? (
            <p lang={native.lang ?? undefined} className="mt-1 text-base text-ink-2">
              {native.text}
            </p>
          ) : null}
          <Facts details={details} />
        </header>
        {notice}
        {details.description ? (
          <section aria-label="Description" className="max-w-prose whitespace-pre-line text-pretty text-base">
            {details.description}
          </section>
        ) : null}
        {details.tags.length > 0 ? (
          <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
            {details.tags.map((tag) => (
              <li key={tag} className="flex">
                <Badge>{tag}</Badge>
              </li>
            ))}
          </ul>
        ) : null}
        {favorite}
        {files}
        <TitleSources sources={details.sources} mergedBecause={details.mergedBecause} titleId={details.id} />
        <OtherTitles shown={[title, native?.text ?? ""]} titles={titles} />
        <Ids ids={details.ids} />
      </div>
    </article>
  );
}

function Facts({ details }: { details: TitleDetails }) {
  const facts = [
    ["Type", TYPE_WORDS[details.type]],
    ["Year", details.year],
    ["Status", STATUS_WORDS[details.status]],
    [details.authors.length === 1 ? "Author" : "Authors", details.authors.join(", ")],
    [details.type === "subtitle" ? "Language" : "Readable in", details.languages.map(formatLanguage).join(", ")],
  ] as const;
  return (
    <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt className="text-ink-3 text-xs">{name}</dt>
            <dd className="mt-0.5 first-letter:uppercase">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function OtherTitles({ shown, titles }: { shown: readonly string[]; titles: readonly WorkTitle[] }) {
  const others = titles.filter(({ text }) => !shown.includes(text));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="other-titles">
      <h2 id="other-titles" className="text-lg">
        Other titles
      </h2>
      <ul className="mt-2 columns-1 gap-x-8 lg:columns-2">
        {others.map(({ text, lang }) => (
          <li key={text} className="flex break-inside-avoid items-baseline justify-between gap-4 py-1">
            <span lang={lang ?? undefined} className="min-w-0 break-words">
              {text}
            </span>
            {lang ? <span className="shrink-0 text-ink-3 text-xs">{formatLanguage(lang)}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ids({ ids }: { ids: CrossIds }) {
  const links = toCrossLinks(ids);
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="ids">
      <h2 id="ids" className="text-lg">
        Known elsewhere as
      </h2>
      <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
        {links.map(({ namespace, name, id, url }) => (
          <div key={namespace}>
            <dt className="text-xs">
              <a href={url} rel="noreferrer noopener" target="_blank" className="link inline-flex items-center gap-1">
                {name}
                <ExternalLink aria-hidden="true" className="size-3" />
                <span className="sr-only">(opens a new tab)</span>
              </a>
            </dt>
            <dd className="mt-0.5 select-all font-mono text-ink-2 text-xs">{`${namespace}:${id}`}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
