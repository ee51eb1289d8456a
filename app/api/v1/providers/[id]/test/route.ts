import { toTest } from "@/lib/health/to-wire";
import { testResultSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, writeProviders } from "../../about";
import { toAudience } from "../../known";

export const POST = route(
  {
    ...writeProviders,
    access: "user",
    summary: "Check a provider now; for users once in 30 seconds",
    params,
    response: testResultSchema,
  },
  async ({ viewer, params: { id } }) => {
    const { isAdmin } = toAudience(viewer);
    return toTest(await getRuntime().health.test(id, { paced: !isAdmin }), isAdmin);
  },
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
