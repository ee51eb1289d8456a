import { z } from "zod";
import { apiKeyField } from "@/lib/providers/config-fields";
import { type ModelList, modelProvider, searchModels, toModelRecord } from "@/lib/providers/model-list";
import type { FailureClass } from "@/lib/providers/outcome";
import { parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, AnswerEvidence, Verdict } from "@/lib/providers/provider";
import { maybe } from "@/lib/providers/tolerant";
import type { WorkRecord } from "@/lib/providers/work";

/** The most that one page may hold; the list is far shorter, so that a second one is seldom needed. */
const PAGE_SIZE = 1000;
const PAGES_MAX = 5;
const MODELS_PAGE = "https://docs.claude.com/en/docs/about-claude/models/overview";

const model = z.object({
  id: z.string().trim().min(1),
  display_name: maybe(z.string()),
  created_at: maybe(z.string()),
});
const page = z.object({
  data: z.array(z.unknown()),
  has_more: z.boolean().catch(false),
  last_id: maybe(z.string()),
});
const errorBody = z.object({
  type: z.literal("error"),
  error: z.object({
    type: z.string(),
    message: maybe(z.string()),
    details: maybe(z.object({ error_code: maybe(z.string()) })),
  }),
});

/** What an error's type says where the status does not: with 200, and for those that have no status of their own. */
const CLASSES: Readonly<Record<string, FailureClass>> = {
  authentication_error: "auth",
  permission_error: "auth",
  billing_error: "quota",
  rate_limit_error: "throttled",
  overloaded_error: "http_5xx",
  api_error: "http_5xx",
  timeout_error: "timeout",
};

/** https://platform.claude.com/docs/en/api/models/list */
export const anthropic = modelProvider({
  id: "anthropic",
  name: "Anthropic",
  defaultBaseUrl: "https://api.anthropic.com/v1",
  configFields: [
    apiKeyField("From platform.claude.com, under API keys. A key that works says nothing about the credit behind it."),
  ],
  judge,
  check: async (context) => void (await readPage(context, { limit: 1 })),
  search: async (context, input) => searchModels(await listModels(context), input),
});

async function listModels(context: AdapterContext): Promise<ModelList> {
  const listed: unknown[] = [];
  let after: string | null = null;
  for (let count = 0; count < PAGES_MAX; count++) {
    const { data, has_more: more, last_id: last } = await readPage(context, { limit: PAGE_SIZE, after_id: after });
    listed.push(...data);
    if (!more || last === null || last === after) break;
    after = last;
  }
  return parseItems(listed, toRecord);
}

function readPage(
  { http, config }: AdapterContext,
  query: { limit: number; after_id?: string | null },
): Promise<z.infer<typeof page>> {
  const headers = { "x-api-key": config["api_key"] ?? "", "anthropic-version": "2023-06-01" };
  return http.json({ path: "/models", query, headers }, page);
}

function toRecord(item: unknown): WorkRecord | null {
  const parsed = model.safeParse(item);
  if (!parsed.success) return null;
  const { id, display_name: name, created_at: created } = parsed.data;
  // The epoch stands for "unknown".
  const year = created?.startsWith("1970") ? null : created;
  return toModelRecord({ id, name, maker: "Anthropic", created: year, url: MODELS_PAGE });
}

function judge({ status, json }: AnswerEvidence): Verdict | null {
  const told = errorBody.safeParse(json);
  if (!told.success) return null;
  const { type, message, details } = told.data.error;
  const isSpent =
    details?.error_code === "enforced_spend_limit_reached" ||
    /api usage limits|credit balance is too low/i.test(message ?? "");
  if (isSpent || type === "billing_error") {
    return { class: "quota", message: "The account has reached its spend limit: see its billing page." };
  }
  if (type === "overloaded_error") return { class: "http_5xx", message: "It is overloaded at the moment." };
  if (status >= 300) return null;
  return { class: CLASSES[type] ?? "contract", message: "It answered with an error instead of a list." };
}
