"use client";

import type { DotItemDotProps } from "recharts";

/** Values with gaps on both sides have no line to be seen by: they become dots. `false` when there are none of them. */
export function loneDots(values: readonly (number | null)[], color: string) {
  const isLone = (index: number) =>
    (values[index] ?? null) !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  if (!values.some((_, index) => isLone(index))) return false;
  return ({ key, index, cx, cy }: DotItemDotProps) =>
    isLone(index) ? <circle key={key} cx={cx} cy={cy} r={2.5} fill={color} /> : <g key={key} />;
}
