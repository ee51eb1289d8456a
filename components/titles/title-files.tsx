import { Download } from "lucide-react";
import { formatBytes, formatLanguage, formatList, formatNoun } from "@/lib/format";

export interface FileRow {
  id: string;
  name: string;
  /** Where it is fetched; null for one that is larger than allowed. */
  href: string | null;
  sizeBytes: number | null;
  language: string | null;
}

export interface FileGroup {
  providerId: string;
  providerName: string;
  files: readonly FileRow[];
}

export interface TitleFilesProps {
  groups: readonly FileGroup[];
  /** Names of providers whose files are not there now: still being asked, or failed. */
  pending: readonly string[];
  failed: readonly string[];
}

/** More than these are folded away, since a series has many volumes. */
const SHOWN_MAX = 6;

/** The files that the work can be had as, by who has them. Plain links: they work without a script. */
export function TitleFiles({ groups, pending, failed }: TitleFilesProps) {
  if (groups.length + pending.length + failed.length === 0) return null;
  return (
    <section aria-labelledby="files">
      <h2 id="files" className="text-lg">
        Files
      </h2>
      {groups.map(({ providerId, providerName, files }) => (
        <div key={providerId} className="mt-5 first-of-type:mt-2">
          <h3 className="font-normal text-ink-2 text-sm">
            {formatNoun(files.length, "file")} from {providerName}
          </h3>
          <FileList files={files.slice(0, SHOWN_MAX)} />
          {files.length > SHOWN_MAX ? (
            <details className="group">
              <summary className="link touch flex min-h-11 cursor-pointer items-center">
                <span className="group-open:hidden">Show {formatNoun(files.length - SHOWN_MAX, "more file")}</span>
                <span className="hidden group-open:inline">Show fewer</span>
              </summary>
              <FileList files={files.slice(SHOWN_MAX)} />
            </details>
          ) : null}
        </div>
      ))}
      {pending.length > 0 ? (
        <p className="mt-2 text-ink-2">
          {formatList(pending)} {pending.length === 1 ? "is" : "are"} still looking for files: load this page again in a
          moment.
        </p>
      ) : null}
      {failed.length > 0 ? <p className="mt-2 text-ink-2">{formatList(failed)} could not list any files now.</p> : null}
    </section>
  );
}

function FileList({ files }: { files: readonly FileRow[] }) {
  return (
    <ul className="mt-1 border-line border-t">
      {files.map((file) => (
        <li key={file.id} className="flex min-h-11 items-center gap-4 border-line border-b py-2">
          <FileLink file={file} />
          <span className="ml-auto flex shrink-0 items-baseline gap-3 text-ink-3 text-xs tabular-nums">
            {file.language ? <span>{formatLanguage(file.language)}</span> : null}
            <span className="w-9">{toKind(file.name)}</span>
            <span className="w-16 text-right">{formatBytes(file.sizeBytes)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function FileLink({ file: { href, name } }: { file: FileRow }) {
  if (href === null) {
    return (
      <span className="min-w-0 break-words text-ink-2">
        {name} <span className="text-ink-3 text-xs">larger than allowed here</span>
      </span>
    );
  }
  return (
    <a href={href} download className="link inline-flex min-w-0 items-center gap-1.5 font-medium">
      <Download aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 break-words">{name}</span>
    </a>
  );
}

/** "CBZ" */
function toKind(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  return ending === "bin" ? "File" : ending.toUpperCase();
}
