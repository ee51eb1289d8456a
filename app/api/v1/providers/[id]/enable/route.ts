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
    summary: "Put a provider back in use: switch on, holds and disabling cleared, a check at once",
    params,
    response: providerDetailSchema,
  },
  async ({ viewer, params: { id } }) => {
    await getRuntime().health.enable(id, viewer.email);
    return toDetail(findKnown(viewer, id));
  },
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods({ POST });
