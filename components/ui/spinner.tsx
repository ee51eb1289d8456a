import { classNames } from "./class-names";

/** An open ring that turns; says nothing to readers, so put a word beside it. */
export function Spinner({ className }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      className={classNames("size-4 animate-turn", className)}
    >
      <path d="M14 8a6 6 0 1 1-3.2-5.3" />
    </svg>
  );
}
