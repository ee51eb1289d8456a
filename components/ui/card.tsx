import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A raised sheet with a hairline. `as` where the sheet is more than a box. */
export function Card({
  as: Element = "div",
  className,
  ...rest
}: ComponentProps<"div"> & { as?: "div" | "section" | "article" | "li" }) {
  return (
    <Element
      {...(rest as object)}
      className={classNames("rounded-lg border border-line bg-surface-2 p-4 sm:p-5", className)}
    />
  );
}
