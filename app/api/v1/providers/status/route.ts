import { z } from "zod";
import { toStatusRow } from "@/lib/health/to-wire";
import { providerStatusSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { readProviders } from "../about";
import { listKnown } from "../known";

export const GET = route(
  { ...readProviders, summary: "The health of all providers in detail", response: z.array(providerStatusSchema) },
  ({ viewer }) => listKnown(viewer).map(toStatusRow),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
