import { toDetail } from "@/lib/health/to-wire";
import { providerDetailSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, writeProviders } from "../../about";
import { findKnown } from "../../known";

export const POST = route(
  {
    ...writeProviders,
    summary: "Switch a provider off",
    params,
    response: providerDetailSchema,
  },
  async ({ viewer, params: { id } }) => {
    await getRuntime().health.disable(id, viewer.email);
    return toDetail(findKnown(viewer, id));
  },
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
