/** The offset that a `nextPage` of `nextOffset` stands for; 0 for the first page. */
export function toOffset(page: string | null): number {
  return page !== null && /^\d{1,9}$/.test(page) ? Number(page) : 0;
}

/** Where the next page starts, as a text; null when this was the last. Without a total, a full page suggests another one. */
export function nextOffset(page: {
  offset: number;
  limit: number;
  received: number;
  total: number | null;
}): string | null {
  const end = page.offset + page.limit;
  const more = page.total === null ? page.received >= page.limit : end < page.total;
  return more && page.received > 0 ? String(end) : null;
}
