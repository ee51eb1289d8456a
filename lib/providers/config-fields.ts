import type { ConfigField } from "./provider";

/** The setting `api_key`, for an adapter's `configFields`. `help` says where one gets it. */
export function apiKeyField(help: string, { required = true } = {}): ConfigField {
  return { key: "api_key", label: "API key", type: "secret", required, secret: true, help };
}

/** A `base_url` that has a default and seldom changes. */
export function baseUrlField(help: string, { required = false } = {}): ConfigField {
  return { key: "base_url", label: "Base URL", type: "url", required, secret: false, help };
}

/** A setting that may be left out and everyone may read. */
export function textField(key: string, label: string, help: string): ConfigField {
  return { key, label, type: "text", required: false, secret: false, help };
}
