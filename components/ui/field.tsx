import type { ReactNode } from "react";
import { classNames } from "./class-names";

interface FieldProps {
  label: ReactNode;
  /** The id of the control inside; its error and hint have the ids `<id>-error` and `<id>-hint`. */
  id: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  children: ReactNode;
  className?: string;
}

/** Label, control, hint and error of one field. Give the control `{...fieldControl(id, { hint, error })}`. */
export function Field({ label, id, hint, error, children, className }: FieldProps) {
  return (
    <div className={classNames("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-ink-1 text-sm">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="font-medium text-signal-bad text-xs">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** The attributes that tie a control to its hint and error. */
export function fieldControl(id: string, { hint, error }: { hint?: unknown; error?: string | null | undefined } = {}) {
  const describedBy = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  return {
    id,
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(error && { "aria-invalid": true as const }),
  };
}
