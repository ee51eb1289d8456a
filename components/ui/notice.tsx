import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const TONES = {
  plain: { icon: Info, mark: "text-accent", ground: "border-line bg-surface-2" },
  good: { icon: CircleCheck, mark: "text-signal-ok", ground: "border-line bg-surface-2" },
  attention: { icon: TriangleAlert, mark: "text-attention", ground: "border-transparent bg-attention-soft" },
  bad: { icon: TriangleAlert, mark: "text-signal-bad", ground: "border-signal-bad bg-surface-2" },
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  children: ReactNode;
  /** `alert` for what just went wrong, `status` for what just went well; none for what stood there from the start. */
  role?: "alert" | "status";
  className?: string;
}

/** A sentence that belongs to the page, not to one field. */
export function Notice({ tone = "plain", role, children, className }: NoticeProps) {
  const { icon: Icon, mark, ground } = TONES[tone];
  return (
    <div
      {...(role && { role })}
      className={classNames(
        "flex items-start gap-2.5 rounded-md border px-3.5 py-2.5 text-ink-1 text-sm",
        ground,
        className,
      )}
    >
      <Icon aria-hidden="true" className={classNames("mt-0.5 size-4 shrink-0", mark)} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
