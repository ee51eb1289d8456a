/** The look shared by fields that are typed in or chosen from. */
export const CONTROL_CLASS =
  "w-full rounded-md border border-line-strong bg-surface-1 text-ink-1 transition-colors hover:border-ink-3 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-signal-bad";
