import { z } from "zod";
import { toAdapter } from "@/lib/health/to-wire";
import { adapterSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { getRuntime } from "@/lib/runtime";
import { readProviders } from "../about";

export const GET = route(
  {
    ...readProviders,
    access: "admin",
    summary: "Kinds of providers and what they need to be set up",
    response: z.array(adapterSchema),
  },
  () => getRuntime().providers.adapters().map(toAdapter),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
