export const BULK_FORM = "change-many";

/** Ticks one favorite for the form over many, which stands elsewhere on the page. */
export function TickBox({ titleId, title, className }: { titleId: string; title: string; className?: string }) {
  return (
    <label className={`grid size-9 cursor-pointer place-items-center rounded-sm ${className ?? ""}`}>
      <input
        type="checkbox"
        form={BULK_FORM}
        name="titles"
        value={titleId}
        aria-label={`Tick ${title}`}
        className="touch size-4 accent-accent"
      />
    </label>
  );
}
