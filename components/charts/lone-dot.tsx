"use client";

interface LoneDotProps {
  index: number;
  cx?: number | undefined;
  cy?: number | undefined;
  values: readonly (number | null)[];
  color: string;
}

/** A value with gaps on both sides has no line to be seen by: it becomes a dot. */
export function LoneDot({ index, cx, cy, values, color }: LoneDotProps) {
  const before = values[index - 1] ?? null;
  const after = values[index + 1] ?? null;
  const alone = (values[index] ?? null) !== null && before === null && after === null;
  if (!alone || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={2.5} fill={color} />;
}
