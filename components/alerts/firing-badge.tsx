"use client";

import { classNames } from "@/components/ui/class-names";
import { formatCount } from "@/lib/format";
import { useFiringCount } from "./firing-count";

const SHOWN_MAX = 99;

/** How many alerts fire now, beside the way to them; nothing while none does. */
export function FiringBadge({ className }: { className?: string }) {
  const count = useFiringCount();
  if (count === 0) return null;
  return (
    <span
      className={classNames(
        "inline-grid h-4.5 min-w-4.5 place-items-center rounded-full border border-attention bg-attention-soft px-1 font-medium text-ink-1 text-xs leading-none",
        className,
      )}
    >
      <span>
        {count > SHOWN_MAX ? `${SHOWN_MAX}+` : formatCount(count)}
        <span className="sr-only"> firing</span>
      </span>
    </span>
  );
}
