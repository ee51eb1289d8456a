import { classNames } from "./class-names";

interface ProgressProps {
  label: string;
  done: number;
  total: number;
  className?: string;
}

/** How far a piece of work has come; an empty track while the total is not known (0). */
export function Progress({ label, done, total, className }: ProgressProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className={classNames("h-0.5 overflow-hidden rounded-full bg-surface-3", className)}
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-150 ease-out"
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
