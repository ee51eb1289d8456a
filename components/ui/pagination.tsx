import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format";
import { buttonClass } from "./button-class";

interface PaginationProps {
  page: number;
  limit: number;
  total: number;
  /** The address of a page, with everything else of the present address in it. */
  toHref: (page: number) => string;
  /** What is counted: "favorites". */
  noun: string;
}

/** Plain links, so that pages can be shared and the browser's own Back works. Nothing for a single page. */
export function Pagination({ page, limit, total, toHref, noun }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / limit));
  if (pages === 1) return null;
  const first = (page - 1) * limit + 1;
  return (
    <nav aria-label={`Pages of ${noun}`} className="mt-6 flex items-center justify-between gap-4">
      <Step href={page > 1 ? toHref(page - 1) : null} rel="prev">
        <ChevronLeft aria-hidden="true" className="size-4" /> Previous
      </Step>
      <p className="text-center text-ink-2 text-xs">
        <span className="whitespace-nowrap">
          {formatCount(Math.min(first, total))}–{formatCount(Math.min(page * limit, total))}
        </span>{" "}
        of {formatCount(total)} {noun}
        <span className="sr-only">
          , page {page} of {pages}
        </span>
      </p>
      <Step href={page < pages ? toHref(page + 1) : null} rel="next">
        Next <ChevronRight aria-hidden="true" className="size-4" />
      </Step>
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | null; rel: "prev" | "next"; children: ReactNode }) {
  if (href === null) {
    return (
      <span aria-hidden="true" className={`${buttonClass()} pointer-events-none opacity-40`}>
        {children}
      </span>
    );
  }
  return (
    <a href={href} rel={rel} className={buttonClass()}>
      {children}
    </a>
  );
}
