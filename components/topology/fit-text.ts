/** What of a name fits, by the mean width of a letter, with … in the middle: the end of an address tells as much as its beginning. */
export function fitText(text: string, { widthPx, charPx }: { widthPx: number; charPx: number }): string {
  const chars = [...text];
  const most = Math.max(3, Math.floor(widthPx / charPx));
  if (chars.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${chars.slice(0, head).join("")}…${chars.slice(chars.length - (most - 1 - head)).join("")}`;
}
