import { describe, expect, it } from "vitest";
import { THRESHOLDS } from "@/lib/health/engine/testing/provider-sim";
import { buildProvider } from "@/lib/health/testing/monitor-sim";
import type { ConfigField } from "@/lib/providers/provider";
import { clearName, readSettingsForm } from "./read-settings-form";
import { connectionFields, newConnectionFields, thresholdFields, usageFields } from "./settings-fields";

const FIELDS: readonly ConfigField[] = [
  { key: "base_url", label: "Address", type: "url", required: true, secret: false, help: "" },
  { key: "password", label: "Password", type: "secret", required: false, secret: true, help: "" },
  { key: "strict", label: "Strict", type: "boolean", required: false, secret: false, help: "" },
];
const plain = buildProvider();
const provider = buildProvider({
  adapter: { ...plain.adapter, configFields: FIELDS },
  config: { baseUrl: "https://kitsu.example", password: "lantern" },
});
const connection = connectionFields(provider);
const usage = usageFields(provider, "every 30 s");
const asShown = Object.fromEntries([...connection, ...usage].map(({ name, value }) => [name, value]));

function errorsOf(run: () => unknown): Record<string, string> {
  try {
    run();
  } catch (error) {
    const { errors } = error as { errors: { pointer: string; message: string }[] };
    return Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]));
  }
  return {};
}

describe("settings fields", () => {
  it("never hold a secret, and say whether one is set", () => {
    expect(connection.find(({ name }) => name === "config/password")).toMatchObject({ value: "", set: true });
    expect(JSON.stringify(connection)).not.toContain("lantern");
  });

  it("say which variable decides a locked one", () => {
    const [address] = connectionFields({ ...provider, locked: ["base_url"] });
    expect(address?.locked).toBe("Set by PROVIDER_KITSU_BASE_URL in the environment.");
  });

  it("begin with the base URL where the adapter declares none", () => {
    expect(connectionFields(plain).map(({ name }) => name)).toEqual(["base_url"]);
    expect(newConnectionFields(provider.adapter).map(({ name }) => name)).toEqual([
      "config/base_url",
      "config/password",
      "config/strict",
    ]);
  });

  it("show the instance's threshold where the provider has none of its own", () => {
    const own = { ...provider, thresholds: { ...provider.thresholds, circuitWindow: 40 } };
    const fields = thresholdFields(own, THRESHOLDS);
    expect(fields.find(({ name }) => name === "circuit_window")?.value).toBe("40");
    expect(fields.find(({ name }) => name === "auto_disable_cooldown_minutes")).toMatchObject({
      value: "",
      placeholder: "30 (instance)",
    });
  });
});

describe("readSettingsForm", () => {
  it("asks for nothing when nothing was changed", () => {
    expect(readSettingsForm([...connection, ...usage], asShown)).toEqual({});
  });

  it("asks for what was changed, each in its own type", () => {
    const typed = { ...asShown, enabled: "off", priority: "70", timeout_ms: "12 000", rate_per_second: "0,5" };
    expect(readSettingsForm(usage, typed)).toEqual({
      enabled: false,
      priority: 70,
      timeout_ms: 12_000,
      rate_per_second: 0.5,
    });
    expect(readSettingsForm(usage, { ...asShown, check_interval: "instance" })).toEqual({ check_interval: null });
    expect(readSettingsForm(usage, { ...asShown, check_interval: "1440", timeout_ms: "" })).toEqual({
      check_interval: 1440,
      timeout_ms: null,
    });
  });

  it("keeps a secret that was left empty, takes a new one, and clears one on demand", () => {
    const name = "config/password";
    expect(readSettingsForm(connection, { ...asShown, [name]: "" })).toEqual({});
    expect(readSettingsForm(connection, { ...asShown, [name]: "new" })).toEqual({ config: { password: "new" } });
    expect(readSettingsForm(connection, { ...asShown, [clearName(name)]: "on" })).toEqual({
      config: { password: null },
    });
  });

  it("names each field that does not fit, in words", () => {
    expect(errorsOf(() => readSettingsForm(usage, { ...asShown, priority: "many", timeout_ms: "5" }))).toEqual({
      "/priority": "It must be a whole number from 0 to 100.",
      "/timeout_ms": "It must be a whole number from 1000 to 120000.",
    });
    expect(errorsOf(() => readSettingsForm(connection, { ...asShown, "config/base_url": " " }))).toEqual({
      "config/base_url": "It is required.",
    });
  });

  it("does not touch what is locked, nor what the form did not hold", () => {
    const locked = usage.map((field) => ({ ...field, locked: "Set elsewhere." }));
    expect(readSettingsForm(locked, { ...asShown, priority: "1" })).toEqual({});
    expect(readSettingsForm(usage, {})).toEqual({});
  });
});
