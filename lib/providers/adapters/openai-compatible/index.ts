import { z } from "zod";
import { apiKeyField, baseUrlField, textField } from "@/lib/providers/config-fields";
import { type ModelList, modelProvider, searchModels, toModelRecord } from "@/lib/providers/model-list";
import { type FailureClass, ProviderError } from "@/lib/providers/outcome";
import { parseItems } from "@/lib/providers/parse-items";
import type { AdapterContext, AnswerEvidence, ProviderPreset, Verdict } from "@/lib/providers/provider";
import { maybe } from "@/lib/providers/tolerant";
import type { WorkRecord } from "@/lib/providers/work";

const text = maybe(z.string());
/** `name`, `description` and the length of the context are additions of some servers. */
const model = z.object({
  id: z.string().trim().min(1),
  created: maybe(z.number()),
  owned_by: text,
  shutdown_date: text,
  name: text,
  description: text,
  context_length: maybe(z.int().positive()),
});
const list = z.object({ data: z.array(z.unknown()).nullable() });
const error = z.object({ code: z.unknown().optional(), type: z.unknown().optional() });
const errorBody = z.object({ error: z.union([z.string(), error]) });

/** By code or type, first match wins; whatever the status, which servers choose differently. */
const TOLD: readonly (readonly [words: RegExp, failure: FailureClass, message: string])[] = [
  [
    /insufficient_(quota|balance)|credit_balance|(spend|usage)_limit_exceeded|billing|arrearage/i,
    "quota",
    "The account has nothing left to spend: see its billing page.",
  ],
  [/unsupported_country/i, "blocked", "It does not serve the country that this server is in."],
  [/invalid_api_key|authentication|permission/i, "auth", "It does not accept the API key."],
  [/rate_limit/i, "throttled", "It asked for fewer calls."],
  [/server_error|overloaded|unavailable/i, "http_5xx", "It reported an error of its own."],
];

/** Every server that lists its models as OpenAI does (https://platform.openai.com/docs/api-reference/models): Ollama, vLLM, OpenRouter and others. */
export const openAiCompatible = modelProvider({
  id: "openai-compatible",
  name: "OpenAI-compatible",
  multi: true,
  defaultBaseUrl: null,
  configFields: [
    baseUrlField("What stands before /models, for example http://127.0.0.1:11434/v1", { required: true }),
    apiKeyField("If it asks for one.", { required: false }),
    textField("models", "Models", "Their names, with commas between: for servers that do not list them."),
  ],
  presets: [
    preset({
      id: "openai",
      name: "OpenAI",
      defaultBaseUrl: "https://api.openai.com/v1",
      keyHelp: "From platform.openai.com/api-keys. A key that works says nothing about the credit behind it.",
      modelsPage: "https://platform.openai.com/docs/models",
    }),
    preset({
      id: "deepseek",
      name: "DeepSeek",
      defaultBaseUrl: "https://api.deepseek.com",
      keyHelp: "From platform.deepseek.com. A key that works says nothing about the balance behind it.",
      modelsPage: "https://api-docs.deepseek.com/quick_start/pricing",
    }),
    preset({
      id: "qwen",
      name: "Qwen",
      defaultBaseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      urlHelp:
        "A key holds for one region: this is Singapore, Beijing is https://dashscope.aliyuncs.com/compatible-mode/v1",
      keyHelp: "From Alibaba Cloud Model Studio, of the base URL's region.",
      modelsPage: "https://www.alibabacloud.com/help/en/model-studio/models",
    }),
  ],
  judge,
  check: async (context) => void (await listModels(context, null)),
  search: async (context, input) => searchModels(await listModels(context, null), input),
});

interface PresetFacts extends Pick<ProviderPreset, "id" | "name" | "defaultBaseUrl"> {
  urlHelp?: string;
  keyHelp: string;
  modelsPage: string;
}

function preset({ urlHelp, keyHelp, modelsPage, ...own }: PresetFacts): ProviderPreset {
  return {
    ...own,
    configFields: [apiKeyField(keyHelp), ...(urlHelp ? [baseUrlField(urlHelp)] : [])],
    search: async (context, input) => searchModels(await listModels(context, modelsPage), input),
  };
}

async function listModels({ http, config }: AdapterContext, url: string | null): Promise<ModelList> {
  const { api_key: key, models } = config;
  const headers = { ...(key && { Authorization: `Bearer ${key}` }) };
  try {
    const { data } = await http.json({ path: "/models", headers }, list);
    return parseItems(data ?? [], (item) => toRecord(item, url));
  } catch (thrown) {
    if (!models || !(thrown instanceof ProviderError) || thrown.failure.httpStatus !== 404) throw thrown;
    return parseItems(models.split(","), (id) => toRecord({ id }, url));
  }
}

function toRecord(item: unknown, url: string | null): WorkRecord | null {
  const parsed = model.safeParse(item);
  if (!parsed.success) return null;
  const { id, name, created, owned_by: maker, shutdown_date: end, description, context_length: length } = parsed.data;
  const told = [description, length && `Context: ${length} tokens.`, end && `To be shut down on ${end}.`];
  return toModelRecord({
    id,
    name,
    maker,
    created: toYear(created),
    description: told.filter(Boolean).join("\n\n"),
    url,
  });
}

/** Servers that do not know send 0. */
function toYear(seconds: number | null): number | null {
  const year = seconds ? new Date(seconds * 1000).getUTCFullYear() : Number.NaN;
  return Number.isNaN(year) ? null : year;
}

function judge({ status, json }: AnswerEvidence): Verdict | null {
  const told = errorBody.safeParse(json);
  if (!told.success) return null;
  const said =
    typeof told.data.error === "string" ? told.data.error : `${told.data.error.code} ${told.data.error.type}`;
  const rule = TOLD.find(([words]) => words.test(said));
  // Of these the status says as much, and the general rules read the hint too. An error's text may repeat a part of the key: none is passed on.
  const isStatusEnough = rule?.[1] === "throttled" || rule?.[1] === "http_5xx";
  if (rule && (status < 300 || !isStatusEnough)) return { class: rule[1], message: rule[2] };
  return status < 300 ? { class: "contract", message: "It answered with an error instead of a list." } : null;
}
