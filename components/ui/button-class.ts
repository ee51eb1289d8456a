import { classNames } from "./class-names";

const VARIANTS = {
  primary: "border-transparent bg-accent text-accent-ink hover:bg-accent-strong",
  secondary: "border-line bg-surface-2 text-ink-1 hover:border-line-strong hover:bg-surface-3",
  quiet: "border-transparent text-ink-2 hover:bg-surface-3 hover:text-ink-1",
  danger: "border-line bg-surface-2 text-signal-bad hover:border-signal-bad",
} as const;

const SIZES = {
  sm: "h-8 px-3 text-xs touch",
  md: "h-9 px-3.5 text-sm touch",
  lg: "h-11 px-5 text-base",
} as const;

export interface ButtonLook {
  variant?: keyof typeof VARIANTS | undefined;
  size?: keyof typeof SIZES | undefined;
}

/** The look of a button, for buttons and for links that act like one. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook = {}): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50",
    VARIANTS[variant],
    SIZES[size],
  );
}
