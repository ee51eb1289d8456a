import { toOpenApiDocument } from "@/lib/http/openapi";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { remember } from "@/lib/remember";
import { version } from "@/package.json";
import { routes } from "./routes";

export const GET = route({ access: "public", tag: "API", summary: "This document" }, () =>
  remember("openapi-document", () => toOpenApiDocument(routes, version)),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods({ GET });
