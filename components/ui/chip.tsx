import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A pill that holds a mark, a name and a few words of state. */
export function Chip({ className, ...rest }: ComponentProps<"span">) {
  return (
    <span
      {...rest}
      className={classNames(
        "inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-line px-2.5 text-ink-2 text-xs [&_svg]:size-3.5 [&_svg]:shrink-0",
        className,
      )}
    />
  );
}
