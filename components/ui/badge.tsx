import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const TONES = {
  plain: "border-line text-ink-2",
  accent: "border-transparent bg-accent-soft text-ink-1",
  attention: "border-transparent bg-attention-soft text-ink-1",
} as const;

/** A short word of fact beside something: a provider's name, a type, a role. */
export function Badge({ tone = "plain", className, ...rest }: ComponentProps<"span"> & { tone?: keyof typeof TONES }) {
  return (
    <span
      {...rest}
      className={classNames(
        "inline-flex max-w-full items-center gap-1 whitespace-nowrap rounded-xs border px-1.5 py-px text-xs [&_svg]:size-3",
        TONES[tone],
        className,
      )}
    />
  );
}
