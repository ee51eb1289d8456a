import { graphSchema } from "@/lib/health/integration-wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { listKnown } from "../../../providers/known";
import { readHealth } from "../../about";
import { findGraph } from "../find-graph";

export const GET = route(
  { ...readHealth, summary: "What the app depends on, and the state of each part", response: graphSchema },
  ({ viewer }) => findGraph(listKnown(viewer)),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
