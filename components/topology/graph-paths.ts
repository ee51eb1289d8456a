export interface Point {
  x: number;
  y: number;
}

const CORNER = 8;

/** A curve from left to right that leaves and arrives level. */
export function sweep(from: Point, to: Point): string {
  const bend = (to.x - from.x) / 2;
  return `M${at(from)} C${at({ x: from.x + bend, y: from.y })} ${at({ x: to.x - bend, y: to.y })} ${at(to)}`;
}

/** One rounded corner: first `down`, then to the right; or first `across`, then down. */
export function elbow(from: Point, to: Point, first: "down" | "across"): string {
  const corner = first === "down" ? { x: from.x, y: to.y } : { x: to.x, y: from.y };
  const before = toward(corner, from);
  const after = toward(corner, to);
  return `M${at(from)} L${at(before)} Q${at(corner)} ${at(after)} L${at(to)}`;
}

/** Up to the height `y`, along it, and down again. */
export function roof(from: Point, to: Point, y: number): string {
  const over = { x: from.x, y };
  const beyond = { x: to.x, y };
  return [
    `M${at(from)} L${at(toward(over, from))} Q${at(over)} ${at(toward(over, beyond))}`,
    `L${at(toward(beyond, over))} Q${at(beyond)} ${at(toward(beyond, to))} L${at(to)}`,
  ].join(" ");
}

/** A corner's length from `corner` on the way to `to`; half the way where that is shorter. */
function toward(corner: Point, to: Point): Point {
  const distance = Math.hypot(to.x - corner.x, to.y - corner.y);
  const share = distance === 0 ? 0 : Math.min(CORNER, distance / 2) / distance;
  return { x: corner.x + (to.x - corner.x) * share, y: corner.y + (to.y - corner.y) * share };
}

function at({ x, y }: Point): string {
  return `${Number(x.toFixed(1))},${Number(y.toFixed(1))}`;
}
