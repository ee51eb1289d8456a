import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** Why there is nothing, and what next. */
  children?: ReactNode;
  actions?: ReactNode;
  /** `h1` where it is all that the page says, `h3` inside a section with a heading. */
  heading?: "h1" | "h2" | "h3";
  className?: string;
}

export function EmptyState({ icon, title, children, actions, heading: Heading = "h2", className }: EmptyStateProps) {
  return (
    <div
      className={classNames(
        "flex flex-col items-center rounded-lg border border-line border-dashed px-6 py-12 text-center",
        className,
      )}
    >
      {icon ? <div className="mb-4 text-ink-3 [&_svg]:size-8 [&_svg]:stroke-[1.5]">{icon}</div> : null}
      <Heading className="text-lg">{title}</Heading>
      {children ? <div className="mt-2 max-w-prose text-pretty text-ink-2">{children}</div> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-3">{actions}</div> : null}
    </div>
  );
}
