import { toDetail } from "@/lib/health/to-wire";
import { providerDetailSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { providerPatchSchema } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, readProviders, writeProviders } from "../about";
import { findKnown } from "../known";

const response = providerDetailSchema;

export const GET = route(
  { ...readProviders, summary: "One provider with everything", params, response },
  ({ viewer, params: { id } }) => toDetail(findKnown(viewer, id)),
);

export const PATCH = route(
  {
    ...writeProviders,
    summary: "Change the settings of a provider; 409 for fields that the environment decides",
    params,
    body: providerPatchSchema,
    response,
  },
  async ({ viewer, params: { id }, body }) => {
    await getRuntime().health.change(id, body, viewer.email);
    return toDetail(findKnown(viewer, id));
  },
);

export const DELETE = route(
  { ...writeProviders, summary: "Remove a provider that an admin added; favorites stay", params, status: 204 },
  ({ params: { id } }) => getRuntime().providers.remove(id),
);

export const { OPTIONS, POST, PUT } = otherMethods({ GET, PATCH, DELETE });
