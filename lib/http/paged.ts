import { z } from "zod";
import { type Reply, reply } from "./reply";

export interface PageInfo {
  total: number;
  /** From 1. */
  page: number;
  limit: number;
}

export const PAGE_LIMIT_MAX = 200;

/** To spread into a list's query schema: `z.object({ ...pageQuery, sort: … })`. A limit above the largest is cut to it. */
export const pageQuery = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .transform((limit) => Math.min(limit, PAGE_LIMIT_MAX)),
};

/** A list as a plain array; its place among the pages stands in `X-Total-Count` and `Link`, which `route()` writes. */
export function paged<Item>(items: readonly Item[], info: PageInfo): Reply<readonly Item[]> {
  const list = reply({ body: items, headers: { "X-Total-Count": String(info.total) } });
  return Object.assign(list, { page: info });
}

/** `Link` of RFC 8288 with first, prev, next and last; relative, so that it holds behind any proxy. */
export function toLinkHeader(url: URL, { total, page, limit }: PageInfo): string {
  const last = Math.max(1, Math.ceil(total / limit));
  const at = (number: number, rel: string) => {
    const query = new URLSearchParams(url.searchParams);
    query.set("page", String(number));
    query.set("limit", String(limit));
    return `<${url.pathname}?${query}>; rel="${rel}"`;
  };
  const links = [at(1, "first")];
  if (page > 1) links.push(at(Math.min(page - 1, last), "prev"));
  if (page < last) links.push(at(page + 1, "next"));
  return [...links, at(last, "last")].join(", ");
}

export function findPageInfo(value: Reply): PageInfo | null {
  return "page" in value ? (value as Reply & { page: PageInfo }).page : null;
}
