import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { StarButton } from "@/components/favorites/star-button";
import { Cover } from "@/components/titles/cover";
import { findCoverMark, findNativeTitle, toFactLine, toLang } from "@/components/titles/work-words";
import { Badge } from "@/components/ui/badge";
import { LinkPending } from "@/components/ui/link-pending";
import type { Card } from "@/lib/search/card";

const COVER_WIDTH = 104;
const TAGS_SHOWN = 6;

interface WorkCardProps {
  card: Card;
  providerNames: Readonly<Record<string, string>>;
  /** Titles of other cards in the list, by title id, to name those that may be the same work. */
  titleOf: (titleId: string) => string | null;
  /** The address of this list, to come back to. */
  next: string;
  eager: boolean;
}

/** One work, led by its cover: what it is, who has it, why it is one card, and its star. */
export function WorkCard({ card, providerNames, titleOf, next, eager }: WorkCardProps) {
  const lang = toLang(card.title, card.titles);
  const native = findNativeTitle(card.title, card.titles);
  const providers = [...new Set(card.sources.map(({ providerId }) => providerId))];
  return (
    <li className="relative flex gap-4 rounded-lg border border-line bg-surface-2 p-3 transition-colors hover:border-line-strong">
      <Cover
        titleId={card.id}
        title={card.title}
        lang={lang}
        hasPicture={card.coverImage !== null}
        width={COVER_WIDTH}
        eager={eager}
        mark={findCoverMark(card)}
        className="w-20 self-start sm:w-26"
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <h2 className="line-clamp-2 min-w-0 break-words pt-1 pr-9 text-base leading-5.5">
          <Link
            href={`/titles/${encodeURIComponent(card.id)}`}
            prefetch={false}
            lang={lang}
            className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {card.title}
            <LinkPending className="ml-2 inline-block align-[-0.15em] text-accent" />
          </Link>{" "}
          {native ? (
            <span lang={native.lang ?? undefined} className="font-normal font-sans text-ink-3 text-sm tracking-normal">
              {native.text}
            </span>
          ) : null}
        </h2>
        <span className="absolute top-2.5 right-2.5 z-10">
          <StarButton titleId={card.id} title={card.title} isFavorite={card.isFavorite} next={next} refresh={false} />
        </span>
        <p className="mt-1 text-ink-2">{toFactLine(card)}</p>
        {card.type === "subtitle" || card.type === "model" ? <Particulars card={card} /> : null}
        <ul aria-label="Found at" className="mt-2.5 flex flex-wrap gap-1.5">
          {providers.map((id) => (
            <li key={id} className="flex">
              <Badge>{providerNames[id] ?? id}</Badge>
            </li>
          ))}
        </ul>
        {card.description ? (
          <p className="mt-2.5 hidden break-words text-ink-2 text-xs sm:line-clamp-2">{card.description}</p>
        ) : null}
        <div className="mt-auto flex flex-col items-start gap-1 pt-2.5 text-ink-2 text-xs">
          {card.mergedBecause.length > 0 ? <WhyMerged card={card} count={providers.length} /> : null}
          {card.maybeSame.length > 0 ? <MaybeSame ids={card.maybeSame} titleOf={titleOf} /> : null}
        </div>
      </div>
    </li>
  );
}

/** What tells one subtitle or model from the next: the release or the exact name, and what is said of it. */
function Particulars({ card }: { card: Card }) {
  const names = card.titles.filter(({ text }) => text !== card.title).slice(-1);
  return (
    <>
      {names.map(({ text }) => (
        <p key={text} className="mt-1 line-clamp-2 break-all font-mono text-ink-2 text-xs">
          {text}
        </p>
      ))}
      {card.tags.length > 0 ? (
        <p className="mt-1 line-clamp-2 text-ink-3 text-xs">{card.tags.slice(0, TAGS_SHOWN).join(" · ")}</p>
      ) : null}
    </>
  );
}

function WhyMerged({ card, count }: { card: Card; count: number }) {
  return (
    <details className="group relative z-10 max-w-full">
      <summary className="touch flex items-center gap-1 rounded-xs hover:text-ink-1">
        <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
        One work in {count} providers<span className="sr-only">: why {card.title} is one card</span>
      </summary>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-8">
        {card.mergedBecause.map(({ rule, detail }) => (
          <li key={`${rule}${detail}`} className="break-words">
            {detail}
          </li>
        ))}
      </ul>
    </details>
  );
}

function MaybeSame({ ids, titleOf }: { ids: readonly string[]; titleOf: (titleId: string) => string | null }) {
  return (
    <p className="relative z-10">
      Maybe the same as{" "}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 ? ", " : ""}
          <Link href={`/titles/${encodeURIComponent(id)}`} prefetch={false} className="link">
            {titleOf(id) ?? "another title"}
          </Link>
        </span>
      ))}
    </p>
  );
}
