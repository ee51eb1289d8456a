/** Mean width of a letter of the interface face at 14 px; addresses and names stay below it. */
const CHAR_PX = 7.6;

/** What of a name fits into so many pixels at 14 px, with … in the middle: the end of an address tells as much as its beginning. */
export function fitText(text: string, widthPx: number): string {
  const chars = [...text];
  const most = Math.max(3, Math.floor(widthPx / CHAR_PX));
  if (chars.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${chars.slice(0, head).join("")}…${chars.slice(chars.length - (most - 1 - head)).join("")}`;
}
