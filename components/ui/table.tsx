import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

interface TableProps extends ComponentProps<"table"> {
  /** What the table holds; heard, not seen, unless `captionShown`. */
  caption: ReactNode;
  captionShown?: boolean;
}

/** Scrolls sideways inside itself on a narrow screen, never the page. */
export function Table({ caption, captionShown = false, className, children, ...rest }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={typeof caption === "string" ? caption : "Table"} tabIndex={0} className="overflow-x-auto">
      <table {...rest} className={classNames("w-full border-collapse text-left text-sm", className)}>
        <caption className={captionShown ? "pb-2 text-left text-ink-2" : "sr-only"}>{caption}</caption>
        {children}
      </table>
    </section>
  );
}

interface CellProps {
  /** Figures: right-aligned, never wrapped. */
  numeric?: boolean;
}

export function Th({ numeric = false, scope = "col", className, ...rest }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      {...rest}
      scope={scope}
      className={classNames(
        "h-9 border-line border-b px-3 font-medium text-ink-3 text-xs first:pl-0 last:pr-0",
        numeric && "whitespace-nowrap text-right",
        className,
      )}
    />
  );
}

export function Td({ numeric = false, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      {...rest}
      className={classNames(
        "h-9 border-line border-b px-3 py-2 align-middle first:pl-0 last:pr-0",
        numeric && "whitespace-nowrap text-right",
        className,
      )}
    />
  );
}
