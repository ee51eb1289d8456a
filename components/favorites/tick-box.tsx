import { classNames } from "@/components/ui/class-names";

export const BULK_FORM = "change-many";
export const BULK_DETAILS = "several";

interface TickBoxProps {
  titleId: string;
  title: string;
  className?: string;
}

/** Ticks one favorite for the form over many, which stands elsewhere on the page: there only while that is open. */
export function TickBox({ titleId, title, className }: TickBoxProps) {
  return (
    <label
      className={classNames(
        "hidden size-9 cursor-pointer place-items-center rounded-md group-has-[#several[open]]/favorites:grid",
        className,
      )}
    >
      <input
        type="checkbox"
        form={BULK_FORM}
        name="titles"
        value={titleId}
        aria-label={`Select ${title}`}
        className="touch size-4 accent-accent"
      />
    </label>
  );
}
