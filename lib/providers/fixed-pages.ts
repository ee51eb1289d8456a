/** Where an upstream whose pages have a length of their own is read on: its page, from 1, and what of it was given out before. */
export interface FixedPage {
  page: number;
  skip: number;
}

/** Reads a `nextPage` of `nextFixedPage`; the first page for anything else. */
export function toFixedPage(nextPage: string | null): FixedPage {
  const [, page = "1", skip = "0"] = /^([1-9]\d{0,5})(?:\.(\d{1,4}))?$/.exec(nextPage ?? "") ?? [];
  return { page: Number(page), skip: Number(skip) };
}

/** "page", or "page.skip" where the limit ended inside a page of the upstream; null when that was all. */
export function nextFixedPage(
  { page, skip }: FixedPage,
  { limit, received, more }: { limit: number; received: number; more: boolean },
): string | null {
  const end = skip + limit;
  if (end < received) return `${page}.${end}`;
  return more && received > 0 ? String(page + 1) : null;
}
