import type { ComponentProps } from "react";
import { classNames } from "./class-names";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "title"> {
  /** What it does, for readers and as tooltip; the icon says nothing by itself. */
  label: string;
}

export function IconButton({ label, type = "button", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      // The ink stands under `:where`, so that a tone given from outside wins.
      className={classNames(
        "touch inline-grid size-9 shrink-0 place-items-center rounded-md transition-colors hover:bg-surface-3 [:where(&)]:text-ink-2 [:where(&:hover)]:text-ink-1 disabled:opacity-50 [&_svg]:size-4.5",
        className,
      )}
    >
      {children}
    </button>
  );
}
