import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { opds } from "./adapters/opds";
import { applyPatch } from "./apply-patch";

const KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const provider = { id: "opds-home", adapter: opds, locked: [] };
const stored = { base_url: `https://kavita.example/api/opds/${KEY}` };

it("keeps the key of an address that comes back as it was shown", () => {
  const masked = "https://kavita.example/api/opds/•••";
  expect(applyPatch(stored, { base_url: masked }, provider).settings.base_url).toBe(stored.base_url);
  expect(applyPatch(stored, { config: { base_url: masked } }, provider).settings.base_url).toBe(stored.base_url);
});

it.each([
  ["/base_url", { base_url: "https://elsewhere.example/api/opds/•••" }],
  ["/config/base_url", { config: { base_url: "https://elsewhere.example/api/opds/•••" } }],
] as const)("gives it to no other host, and names %s", (pointer, patch) => {
  try {
    applyPatch(stored, patch, provider);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "bad_request", errors: [{ pointer }] });
  }
});
