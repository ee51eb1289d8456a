import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findDefinition, type RouteModule, toOpenApiDocument } from "@/lib/http/openapi";
import { routes } from "./routes";

const ROOT = "app/api/v1";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const paths = routePaths(ROOT).sort();
const modules: [string, RouteModule][] = Object.entries(routes);

describe("the API's routes", () => {
  it("are all in the map that the OpenAPI document is made from", () => {
    expect(Object.keys(routes).sort()).toEqual(paths);
  });

  it.each(modules)("%s answers to every method: with a handler or with 405 and Allow", async (_path, module) => {
    for (const method of METHODS) expect(module[method], method).toBeTypeOf("function");
    const own = METHODS.filter((method) => findDefinition(module[method]));
    expect(own.length).toBeGreaterThan(0);
    const other = ["PUT", "DELETE", "GET", "PATCH"].find((method) => !own.includes(method)) ?? "";
    const handler = module[other] as (request: Request) => Promise<Response>;
    const response = await handler(new Request("http://yagura.example/api/v1/x", { method: other }));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining(own));
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  it("make a valid OpenAPI 3.1 document with an operation for each handler", () => {
    const document = toOpenApiDocument(routes, "1.2.3");
    expect(document.openapi).toBe("3.1.0");
    const described = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
    const handlers = modules.flatMap(([, module]) => METHODS.filter((method) => findDefinition(module[method])));
    expect(described).toHaveLength(handlers.length);
    const ids = described.map((operation) => (operation as { operationId: string }).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Paths as the document names them, of every route file but the catch-all and the document itself. */
function routePaths(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.name === "route.ts")
    .map((entry) => entry.parentPath.slice(ROOT.length))
    .filter((path) => !path.includes("[[...") && path !== "/openapi.json")
    .map((path) => path.replaceAll(/\[(\w+)\]/g, "{$1}"));
}
