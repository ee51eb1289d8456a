import { DEEPSEEK_MODELS, OPENAI_MODELS, QWEN_MODELS } from "./model-names";
import { createOpenAiApi, replyError } from "./openai";
import type { Upstream } from "./upstream";

export function createOpenAi(key: string): Upstream {
  return createOpenAiApi({
    id: "openai",
    name: "OpenAI",
    basePath: "/v1",
    models: OPENAI_MODELS,
    key,
    // With the beginning and the end of the key, as the real one does.
    badKey: (given) =>
      replyError(401, {
        message: `Incorrect API key provided: ${given.slice(0, 8)}*****${given.slice(-4)}.`,
        type: "invalid_request_error",
        code: "invalid_api_key",
      }),
    forbidden: replyError(403, {
      message: "Country, region, or territory not supported",
      type: "request_forbidden",
      code: "unsupported_country_region_territory",
    }),
    quota: replyError(429, {
      message: "You exceeded your current quota, please check your plan and billing details.",
      type: "insufficient_quota",
      code: "insufficient_quota",
    }),
  });
}

export function createDeepSeek(key: string): Upstream {
  return createOpenAiApi({
    id: "deepseek",
    name: "DeepSeek",
    basePath: "",
    models: DEEPSEEK_MODELS,
    key,
    toModel: ({ id, owner }) => ({ id, object: "model", owned_by: owner }),
    badKey: (given) =>
      replyError(401, {
        message: `Authentication Fails, Your api key: ****${given.slice(-4)} is invalid`,
        type: "authentication_error",
        code: "invalid_request_error",
      }),
    forbidden: replyError(403, { message: "Forbidden", type: "permission_error", code: "invalid_request_error" }),
    quota: replyError(402, { message: "Insufficient Balance", type: "unknown_error", code: "invalid_request_error" }),
  });
}

export function createQwen(key: string): Upstream {
  return createOpenAiApi({
    id: "qwen",
    name: "Qwen (Alibaba Cloud Model Studio)",
    basePath: "/compatible-mode/v1",
    models: QWEN_MODELS,
    key,
    badKey: () =>
      replyError(401, {
        message: "Incorrect API key provided.",
        type: "invalid_request_error",
        code: "invalid_api_key",
      }),
    forbidden: replyError(403, { message: "Access denied.", type: "access_denied", code: "access_denied" }),
    quota: replyError(400, {
      message: "Access denied, please make sure your account is in good standing.",
      type: "Arrearage",
      code: "Arrearage",
    }),
  });
}

/** A server of one's own with what it was given to run: no key, no dates, and an entry that is none. */
export function createLocalModels(): Upstream {
  const names = ["gpt-oss:20b", "qwen3:8b", "llama3.3:70b", "nomic-embed-text:latest", "deepseek-r1:14b", "gemma3:12b"];
  return createOpenAiApi({
    id: "openai-compatible-attic",
    name: "The attic's own models",
    basePath: "/v1",
    models: [...names, ""].map((id) => ({ id, created: "1970-01-01", owner: "library" })),
    key: null,
    toModel: ({ id, owner }) =>
      id ? { id, object: "model", created: 0, owned_by: owner } : { object: "model", created: null },
    badKey: () => replyError(401, { message: "unauthorized", type: "invalid_request_error", code: null }),
    forbidden: replyError(403, { message: "forbidden", type: "invalid_request_error", code: null }),
  });
}
