import { z } from "zod";
import { toDetail, toInfo } from "@/lib/health/to-wire";
import { providerDetailSchema, providerInfoSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { PAGE_LIMIT_MAX, paged, pageQuery } from "@/lib/http/paged";
import { route } from "@/lib/http/route";
import { providerAddSchema } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { readProviders, writeProviders } from "./about";
import { findKnown, listKnown } from "./known";

/** A page that holds every provider of all but the largest instances. */
const query = z.object({ page: pageQuery.page, limit: pageQuery.limit.prefault(PAGE_LIMIT_MAX) });

export const GET = route(
  { ...readProviders, summary: "All providers with their health", query, response: z.array(providerInfoSchema) },
  ({ viewer, query: { page, limit } }) => {
    const all = listKnown(viewer);
    const rows = all.slice((page - 1) * limit, page * limit).map(toInfo);
    return paged(rows, { total: all.length, page, limit });
  },
);

export const POST = route(
  {
    ...writeProviders,
    summary: "Add a provider of an adapter that can be set up several times",
    body: providerAddSchema,
    response: providerDetailSchema,
    status: 201,
  },
  async ({ viewer, body }) => toDetail(findKnown(viewer, (await getRuntime().providers.add(body)).id)),
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods({ GET, POST });
