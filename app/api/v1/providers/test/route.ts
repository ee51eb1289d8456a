import { z } from "zod";
import { toTest } from "@/lib/health/to-wire";
import { testResultSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { writeProviders } from "../about";

export const POST = route(
  {
    ...writeProviders,
    summary: "Test all enabled providers, or those that are not well",
    query: z.object({ only: z.enum(["failed"]).optional() }),
    response: z.array(testResultSchema.extend({ id: z.string() })),
  },
  async ({ query: { only } }) => {
    const results = await getRuntime().health.testAll(only);
    return results.map((result) => ({ id: result.id, ...toTest(result, true) }));
  },
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
