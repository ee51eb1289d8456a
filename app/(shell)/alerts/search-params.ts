import { z } from "zod";

const page = z.coerce.number().int().min(1).max(1_000_000).catch(1);

/** From an address that anybody may have typed: what makes no sense is the first page. */
export function parseAlertsPage(raw: string | string[] | undefined): number {
  return page.parse(raw);
}
