import { z } from "zod";
import { apiKeyField } from "@/lib/providers/config-fields";
import { type ModelList, modelProvider, searchModels, toModelRecord } from "@/lib/providers/model-list";
import type { FailureClass } from "@/lib/providers/outcome";
import { parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, AnswerEvidence, Verdict } from "@/lib/providers/provider";
import { maybe } from "@/lib/providers/tolerant";
import type { WorkRecord } from "@/lib/providers/work";

const MODELS_PAGE = "https://cursor.com/docs/models";

const named = z.object({ id: z.string().trim().min(1), displayName: maybe(z.string()) });
/** Names alone, or objects with more, as in later editions of the API. */
const model = z.union([
  z
    .string()
    .trim()
    .min(1)
    .transform((id) => ({ id, displayName: null })),
  named,
]);
const list = z.union([
  z.object({ models: z.array(z.unknown()) }).transform(({ models }) => models),
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items),
]);
const account = z.object({ apiKeyName: z.string() });
const errorBody = z.object({ error: z.union([z.string(), z.object({ code: maybe(z.string()) })]) });

/** What an error's code says where the status does not. */
const CLASSES: Readonly<Record<string, FailureClass>> = {
  unauthenticated: "auth",
  permission_denied: "auth",
  rate_limit_exceeded: "throttled",
  internal: "http_5xx",
  unavailable: "http_5xx",
};

/** https://cursor.com/docs/cloud-agent/api/endpoints: models that its agents can be run with. It has no API to talk to them. */
export const cursor = modelProvider({
  id: "cursor",
  name: "Cursor",
  defaultBaseUrl: "https://api.cursor.com/v1",
  configFields: [
    apiKeyField(
      "From cursor.com/dashboard, under Integrations. It shows the models of Cursor's agents: there is no API to talk to them.",
    ),
  ],
  judge,
  check: async ({ http, config }) => void (await http.json({ path: "/me", headers: toHeaders(config) }, account)),
  search: async (context, input) => searchModels(await listModels(context), input),
});

async function listModels({ http, config }: AdapterContext): Promise<ModelList> {
  return parseItems(await http.json({ path: "/models", headers: toHeaders(config) }, list), toRecord);
}

/** The key is the user's name, the password is empty. */
function toHeaders(config: AdapterContext["config"]): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${config["api_key"] ?? ""}:`).toString("base64")}` };
}

function toRecord(item: unknown): WorkRecord | null {
  const parsed = model.safeParse(item);
  if (!parsed.success) return null;
  const { id, displayName } = parsed.data;
  return toModelRecord({ id, name: displayName, url: MODELS_PAGE });
}

function judge({ status, json }: AnswerEvidence): Verdict | null {
  const told = errorBody.safeParse(json);
  if (!told.success) return null;
  const code = typeof told.data.error === "string" ? null : told.data.error.code;
  if (code === "plan_required")
    return { class: "auth", message: "The account's plan does not include its cloud agents." };
  if (status >= 300) return null;
  return { class: CLASSES[code ?? ""] ?? "contract", message: "It answered with an error instead of data." };
}
