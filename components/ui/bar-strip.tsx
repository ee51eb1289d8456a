import { classNames } from "./class-names";

const TONES = {
  ok: "fill-signal-ok",
  warn: "fill-signal-warn",
  bad: "fill-signal-bad",
  none: "fill-line-strong",
} as const;

export interface StripBar {
  /** Different for each bar. */
  key: string | number;
  tone: keyof typeof TONES;
  /** 0–1 of the strip. */
  height: number;
  /** Said when it is pointed at. */
  title: string;
}

interface BarStripProps {
  bars: readonly StripBar[];
  /** All of it in words, for those who do not see it. */
  label: string;
  className?: string;
}

const STEP = 4.5;
const BAR = 3;
const TALL = 20;
const SHORTEST = 2;

/** One bar per span of time: tone and height say the same, so that colour is not alone. */
export function BarStrip({ bars, label, className }: BarStripProps) {
  const width = bars.length * STEP - (STEP - BAR);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${TALL}`}
      width={width}
      height={TALL}
      className={classNames("block shrink-0", className)}
    >
      {bars.map(({ key, tone, height, title }, index) => {
        const tall = Math.max(SHORTEST, Math.round(height * TALL));
        return (
          <g key={key}>
            <title>{title}</title>
            {/* The whole height can be pointed at. */}
            <rect x={index * STEP - 0.75} y={0} width={STEP} height={TALL} fill="transparent" />
            <rect x={index * STEP} y={TALL - tall} width={BAR} height={tall} rx={1} className={TONES[tone]} />
          </g>
        );
      })}
    </svg>
  );
}
