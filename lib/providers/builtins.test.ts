import { describe, expect, it } from "vitest";
import { listBuiltins } from "./builtins";
import { fakeAdapter } from "./testing/fake-provider";

const apiKey = { key: "api_key", label: "API key", type: "secret", required: true, secret: true, help: "" } as const;
const compatible = fakeAdapter({
  id: "compatible",
  name: "Compatible",
  multi: true,
  defaultBaseUrl: null,
  checkInterval: null,
  presets: [
    { id: "acme", name: "Acme", defaultBaseUrl: "https://api.acme.example/v1", configFields: [apiKey] },
    { id: "umbra", name: "Umbra", defaultBaseUrl: "https://umbra.example" },
  ],
});

describe("listBuiltins", () => {
  it("has one provider of each adapter that is not multi, and each preset of those that are, in the adapters' order", () => {
    const adapters = [fakeAdapter({ id: "first" }), compatible, fakeAdapter({ id: "last" })];
    expect(listBuiltins(adapters).map(({ id }) => id)).toEqual(["first", "acme", "umbra", "last"]);
  });

  it("gives a preset the adapter, but for what the preset says", () => {
    const [acme, umbra] = listBuiltins([compatible]);
    expect(acme?.adapter).toMatchObject({
      id: "compatible",
      name: "Acme",
      multi: false,
      defaultBaseUrl: "https://api.acme.example/v1",
      configFields: [apiKey],
      checkInterval: null,
      check: compatible.check,
    });
    expect(acme?.adapter).not.toHaveProperty("presets");
    expect(umbra?.adapter.configFields).toEqual([]);
  });
});
