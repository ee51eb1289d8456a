import { classNames } from "./class-names";

interface SparklineProps {
  /** Null: nothing is known there, the line has a gap. */
  values: readonly (number | null)[];
  /** All of it in words, for those who do not see it. */
  label: string;
  className?: string;
}

const WIDE = 48;
const TALL = 20;
const EDGE = 2;

/** A line from the floor of zero to the largest value, with a dot at its end. */
export function Sparkline({ values, label, className }: SparklineProps) {
  const points = toPoints(values);
  const last = points.at(-1);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDE} ${TALL}`}
      width={WIDE}
      height={TALL}
      fill="none"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classNames("block shrink-0 text-ink-3", className)}
    >
      <path d={toPath(points)} stroke="currentColor" />
      {last ? <circle cx={last.x} cy={last.y} r="2" className="fill-ink-1" /> : null}
    </svg>
  );
}

interface Point {
  index: number;
  x: number;
  y: number;
}

function toPoints(values: readonly (number | null)[]): Point[] {
  const largest = Math.max(1, ...values.filter((value) => value !== null));
  const stepX = (WIDE - 2 * EDGE) / Math.max(1, values.length - 1);
  return values.flatMap((value, index) =>
    value === null
      ? []
      : [{ index, x: round(EDGE + index * stepX), y: round(TALL - EDGE - (value / largest) * (TALL - 2 * EDGE)) }],
  );
}

/** A point without neighbours is a dot: a line of no length with round ends. */
function toPath(points: readonly Point[]): string {
  return points
    .map(({ index, x, y }, place) => {
      const before = points[place - 1];
      const after = points[place + 1];
      if (before?.index === index - 1) return `L${x} ${y}`;
      return after?.index === index + 1 ? `M${x} ${y}` : `M${x} ${y}h0`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
