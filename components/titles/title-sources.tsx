import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { StatusMark } from "@/components/ui/status-mark";
import type { ProviderState } from "@/lib/health/health-view";

export interface SourceRow {
  providerId: string;
  providerName: string;
  externalId: string;
  url: string | null;
  /** Null when the provider is no longer configured. */
  state: ProviderState | null;
  /** A clock time, for a state that ends by itself. */
  until: string | null;
}

interface TitleSourcesProps {
  sources: readonly SourceRow[];
  mergedBecause: readonly { rule: string; detail: string }[];
  titleId: string;
}

/** Who has this work, how each of them is, and why they are taken for one. */
export function TitleSources({ sources, mergedBecause }: TitleSourcesProps) {
  return (
    <section aria-labelledby="sources">
      <h2 id="sources" className="text-lg">
        Where it is
      </h2>
      <ul className="mt-2 border-line border-t">
        {sources.map((source) => (
          <li
            key={`${source.providerId} ${source.externalId}`}
            className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b py-2"
          >
            <SourceLink source={source} />
            {source.state ? (
              <Link
                href={`/providers/${encodeURIComponent(source.providerId)}`}
                prefetch={false}
                className="touch ml-auto flex rounded-xs"
              >
                <StatusMark state={source.state} until={source.until} className="text-xs" />
              </Link>
            ) : (
              <span className="ml-auto text-ink-3 text-xs">no longer set up here</span>
            )}
          </li>
        ))}
      </ul>
      {mergedBecause.length > 0 ? (
        <div className="mt-3 text-ink-2">
          <p>Taken for one work because:</p>
          <ul className="mt-1 list-disc pl-5">
            {mergedBecause.map(({ rule, detail }) => (
              <li key={`${rule} ${detail}`}>{detail}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function SourceLink({ source }: { source: SourceRow }) {
  if (source.url === null) return <span className="font-medium">{source.providerName}</span>;
  return (
    <a
      href={source.url}
      rel="noreferrer noopener"
      target="_blank"
      className="link inline-flex items-center gap-1.5 font-medium"
    >
      {source.providerName}
      <ExternalLink aria-hidden="true" className="size-3.5" />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}
