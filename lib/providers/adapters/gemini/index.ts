import { z } from "zod";
import { apiKeyField } from "@/lib/providers/config-fields";
import { type ModelList, modelProvider, searchModels, toModelRecord } from "@/lib/providers/model-list";
import type { FailureClass } from "@/lib/providers/outcome";
import { parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, AnswerEvidence, Verdict } from "@/lib/providers/provider";
import { listOf, maybe } from "@/lib/providers/tolerant";
import type { WorkRecord } from "@/lib/providers/work";

/** The most that one page may hold. */
const PAGE_SIZE = 1000;
const PAGES_MAX = 5;
const MODELS_PAGE = "https://ai.google.dev/gemini-api/docs/models";

const text = maybe(z.string());
const tokens = maybe(z.int().positive());
const model = z.object({
  name: z.string().trim().min(1),
  displayName: text,
  description: text,
  inputTokenLimit: tokens,
  outputTokenLimit: tokens,
  supportedGenerationMethods: listOf(z.string()),
});
/** An account without any model gets an empty object. */
const page = z.object({ models: z.array(z.unknown()).default([]), nextPageToken: text });
/** Names as `google.rpc.Status` has them; newer parts of the API put a name of their own into `code` and leave `status` out. */
const errorBody = z.object({
  error: z.object({
    code: z.unknown().optional(),
    status: text,
    details: listOf(z.object({ reason: text, retryDelay: text, violations: listOf(z.object({ quotaId: text })) })),
  }),
});

const CLASSES: Readonly<Record<string, FailureClass>> = {
  UNAUTHENTICATED: "auth",
  PERMISSION_DENIED: "auth",
  RESOURCE_EXHAUSTED: "throttled",
  UNAVAILABLE: "http_5xx",
  INTERNAL: "http_5xx",
  DEADLINE_EXCEEDED: "timeout",
};

/** https://ai.google.dev/api/models. The key goes in a header: in the address it would end up in logs. */
export const gemini = modelProvider({
  id: "gemini",
  name: "Gemini",
  defaultBaseUrl: "https://generativelanguage.googleapis.com/v1beta",
  configFields: [apiKeyField("From aistudio.google.com/apikey.")],
  judge,
  check: async (context) => void (await readPage(context, { pageSize: 1 })),
  search: async (context, input) => searchModels(await listModels(context), input),
});

async function listModels(context: AdapterContext): Promise<ModelList> {
  const listed: unknown[] = [];
  let token: string | null = null;
  for (let count = 0; count < PAGES_MAX; count++) {
    const { models, nextPageToken } = await readPage(context, { pageSize: PAGE_SIZE, pageToken: token });
    listed.push(...models);
    if (!nextPageToken) break;
    token = nextPageToken;
  }
  return parseItems(listed, toRecord);
}

function readPage(
  { http, config }: AdapterContext,
  query: { pageSize: number; pageToken?: string | null },
): Promise<z.infer<typeof page>> {
  return http.json({ path: "/models", query, headers: { "x-goog-api-key": config["api_key"] ?? "" } }, page);
}

function toRecord(item: unknown): WorkRecord | null {
  const parsed = model.safeParse(item);
  if (!parsed.success) return null;
  const { name, displayName, description, inputTokenLimit: read, outputTokenLimit: written, ...rest } = parsed.data;
  const limits = read && written ? `Reads up to ${read} tokens, writes up to ${written}.` : null;
  return toModelRecord({
    id: name.replace(/^models\//, "") || name,
    name: displayName,
    maker: "Google",
    description: [description, limits].filter(Boolean).join("\n\n"),
    tags: rest.supportedGenerationMethods,
    url: MODELS_PAGE,
  });
}

function judge({ status, json }: AnswerEvidence): Verdict | null {
  // Some gateways wrap the error in a list.
  const told = errorBody.safeParse(Array.isArray(json) ? json[0] : json);
  if (!told.success) return null;
  const { details, code } = told.data.error;
  const name = told.data.error.status ?? (typeof code === "string" ? code.toUpperCase() : "");
  const reasons = details.map(({ reason }) => reason ?? "");
  if (reasons.some((reason) => /^API_KEY_/.test(reason)) || name === "API_KEY_INVALID") {
    return { class: "auth", message: "It does not accept the API key." };
  }
  if (name === "FAILED_PRECONDITION") {
    return {
      class: "blocked",
      message: "It does not serve the place that this server is in, or wants billing to be set up.",
    };
  }
  if (name === "RESOURCE_EXHAUSTED") return judgeExhaustion(told.data.error.details);
  if (status >= 300) return null;
  return { class: CLASSES[name] ?? "contract", message: "It answered with an error instead of a list." };
}

/** Whether the day's allowance or only the minute's is used up stands in the name of the quota, and how long to wait in the body alone. */
function judgeExhaustion(details: z.infer<typeof errorBody>["error"]["details"]): Verdict | null {
  const quotas = details.flatMap(({ violations }) => violations.map(({ quotaId }) => quotaId ?? ""));
  const delay = details.map(({ retryDelay }) => /^(\d{1,6}(?:\.\d+)?)s$/.exec(retryDelay ?? "")?.[1]).find(Boolean);
  const isSpent = quotas.some((quota) => /PerDay/i.test(quota));
  if (!isSpent && delay === undefined) return null;
  return {
    class: isSpent ? "quota" : "throttled",
    // The delay that comes with a day's quota is that of the minute's.
    ...(delay !== undefined && !isSpent && { retryAfterMs: Number(delay) * 1000 }),
  };
}
