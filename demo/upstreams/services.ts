import { createAnthropic } from "./anthropic";
import { createCursor } from "./cursor";
import { createGemini } from "./gemini";
import { createDeepSeek, createLocalModels, createOpenAi, createQwen } from "./openai-dialects";
import { createOpenSubtitles } from "./opensubtitles";
import { SERVICE_IDS, type ServiceId } from "./service-ids";
import type { Upstream } from "./upstream";

/** By service: what it asks for as `api_key`. The attic's own server asks for nothing. */
export type ServiceKeys = Readonly<Record<Exclude<ServiceId, "openai-compatible-attic">, string>>;

export const SERVICE_KEYS: ServiceKeys = {
  opensubtitles: "demo-opensubtitles-key-01",
  openai: "sk-proj-demo-openai-key-02",
  deepseek: "sk-demo-deepseek-key-03",
  qwen: "sk-demo-qwen-key-04",
  anthropic: "sk-ant-demo-key-05",
  gemini: "AIzaSy-demo-gemini-key-06",
  cursor: "crsr_demo_cursor_key_07",
};
/** Of OpenSubtitles, for more downloads a day. */
export const SERVICE_ACCOUNT = { username: "keeper", password: "lantern-of-the-tower" } as const;

export function createServices(keys: ServiceKeys): Record<ServiceId, Upstream> {
  return {
    opensubtitles: createOpenSubtitles({ key: keys.opensubtitles, ...SERVICE_ACCOUNT }),
    openai: createOpenAi(keys.openai),
    deepseek: createDeepSeek(keys.deepseek),
    qwen: createQwen(keys.qwen),
    "openai-compatible-attic": createLocalModels(),
    anthropic: createAnthropic(keys.anthropic),
    gemini: createGemini(keys.gemini),
    cursor: createCursor(keys.cursor),
  };
}

/** Variables with the keys, but for the addresses. */
export function toServiceVariables(keys: ServiceKeys, variablesOf: (id: ServiceId) => string): Record<string, string> {
  const own = variablesOf("opensubtitles");
  const pairs = SERVICE_IDS.flatMap((id) =>
    id === "openai-compatible-attic" ? [] : [[`${variablesOf(id)}_API_KEY`, keys[id]]],
  );
  return {
    ...Object.fromEntries(pairs),
    [`${own}_USERNAME`]: SERVICE_ACCOUNT.username,
    [`${own}_PASSWORD`]: SERVICE_ACCOUNT.password,
  };
}
