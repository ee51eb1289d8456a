import { z } from "zod";
import { toHealthRow } from "@/lib/health/to-wire";
import { providerHealthSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { readProviders } from "../about";
import { listKnown } from "../known";

export const GET = route(
  { ...readProviders, summary: "The health of all providers in short", response: z.array(providerHealthSchema) },
  ({ viewer }) => listKnown(viewer).map(toHealthRow),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
