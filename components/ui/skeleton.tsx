import { classNames } from "./class-names";

/** Holds the place of something still on its way. Give it the size of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classNames("block animate-breathe rounded-sm bg-surface-3", className)} />;
}
