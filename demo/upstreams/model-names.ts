/** What the simulated providers of language models list, named after real ones: not complete, and not kept up to date. */
interface NamedModel {
  id: string;
  /** ISO day. */
  created: string;
  owner: string;
  /** ISO day of its shutdown. */
  ends?: string;
}

function listOf(owner: string, lines: string): readonly NamedModel[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", created = "", ends] = line.trim().split(" ");
      return { id, created, owner, ...(ends && { ends }) };
    });
}

export const OPENAI_MODELS: readonly NamedModel[] = [
  ...listOf("openai", "gpt-3.5-turbo 2023-02-28\ngpt-4 2023-06-27\ngpt-4-0613 2023-06-12\nwhisper-1 2023-02-27"),
  ...listOf(
    "system",
    `gpt-4-turbo 2024-04-05
    gpt-4o 2024-05-10
    gpt-4o-2024-05-13 2024-05-10 2027-02-01
    gpt-4o-mini 2024-07-16
    gpt-4o-mini-tts 2025-03-19
    gpt-4o-audio-preview 2024-09-27 2026-12-15
    chatgpt-4o-latest 2024-08-13 2026-12-15
    gpt-4.1 2025-04-10
    gpt-4.1-mini 2025-04-10
    gpt-4.1-nano 2025-04-10
    gpt-5 2025-08-05
    gpt-5-mini 2025-08-05
    gpt-5-nano 2025-08-05
    gpt-5-codex 2025-09-16
    gpt-image-1 2025-04-24
    o1 2024-12-16
    o3 2025-04-09
    o3-mini 2025-01-17
    o4-mini 2025-04-08
    omni-moderation-latest 2024-11-15
    dall-e-3 2023-10-31
    tts-1 2023-04-19
    text-embedding-3-small 2024-01-22
    text-embedding-3-large 2024-01-22
    text-embedding-ada-002 2022-12-16`,
  ),
  { id: "ft:gpt-4o-mini-2024-07-18:tower-library:blurbs:B7xQ2LmN", created: "2025-02-03", owner: "tower-library" },
];

export const DEEPSEEK_MODELS = listOf("deepseek", "deepseek-chat 2024-05-06\ndeepseek-reasoner 2025-01-20");

export const QWEN_MODELS = listOf(
  "system",
  `qwen-max 2024-04-03
  qwen-max-latest 2025-01-25
  qwen-plus 2024-02-29
  qwen-turbo 2024-02-29
  qwen-flash 2025-07-28
  qwen3-max 2025-09-23
  qwen3-coder-plus 2025-07-22
  qwen3-235b-a22b 2025-04-29
  qwen3-vl-plus 2025-09-23
  qwen2.5-72b-instruct 2024-09-19
  qwq-plus 2025-03-05
  text-embedding-v4 2025-06-05`,
);

/** Names, dates, and no owner: there is one. */
export const ANTHROPIC_MODELS: readonly { id: string; name: string; created: string }[] = [
  { id: "claude-opus-4-5-20251101", name: "Claude Opus 4.5", created: "2025-11-24" },
  { id: "claude-haiku-4-5-20251001", name: "Claude Haiku 4.5", created: "2025-10-15" },
  { id: "claude-sonnet-4-5-20250929", name: "Claude Sonnet 4.5", created: "2025-09-29" },
  { id: "claude-opus-4-1-20250805", name: "Claude Opus 4.1", created: "2025-08-05" },
  { id: "claude-opus-4-20250514", name: "Claude Opus 4", created: "2025-05-22" },
  { id: "claude-sonnet-4-20250514", name: "Claude Sonnet 4", created: "2025-05-22" },
  { id: "claude-3-7-sonnet-20250219", name: "Claude Sonnet 3.7", created: "2025-02-24" },
  { id: "claude-3-5-haiku-20241022", name: "Claude Haiku 3.5", created: "2024-10-22" },
  { id: "claude-3-haiku-20240307", name: "Claude Haiku 3", created: "2024-03-07" },
];

export const GEMINI_MODELS: readonly {
  id: string;
  name: string;
  methods: readonly string[];
  limits: readonly [number, number];
}[] = [
  {
    id: "gemini-2.5-pro",
    name: "Gemini 2.5 Pro",
    methods: ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"],
    limits: [1_048_576, 65_536],
  },
  {
    id: "gemini-2.5-flash",
    name: "Gemini 2.5 Flash",
    methods: ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"],
    limits: [1_048_576, 65_536],
  },
  {
    id: "gemini-2.5-flash-lite",
    name: "Gemini 2.5 Flash-Lite",
    methods: ["generateContent", "countTokens", "batchGenerateContent"],
    limits: [1_048_576, 65_536],
  },
  {
    id: "gemini-2.5-flash-image",
    name: "Nano Banana",
    methods: ["generateContent", "countTokens"],
    limits: [32_768, 32_768],
  },
  {
    id: "gemini-2.0-flash",
    name: "Gemini 2.0 Flash",
    methods: ["generateContent", "countTokens"],
    limits: [1_048_576, 8_192],
  },
  {
    id: "gemini-2.0-flash-lite",
    name: "Gemini 2.0 Flash-Lite",
    methods: ["generateContent", "countTokens"],
    limits: [1_048_576, 8_192],
  },
  { id: "gemma-3-27b-it", name: "Gemma 3 27B", methods: ["generateContent", "countTokens"], limits: [131_072, 8_192] },
  {
    id: "gemini-embedding-001",
    name: "Gemini Embedding 001",
    methods: ["embedContent", "countTokens"],
    limits: [2_048, 1],
  },
  { id: "imagen-4.0-generate-001", name: "Imagen 4", methods: ["predict"], limits: [480, 8_192] },
  {
    id: "aqa",
    name: "Model that performs Attributed Question Answering.",
    methods: ["generateAnswer"],
    limits: [7_168, 1_024],
  },
];

export const CURSOR_MODELS = [
  ...[
    "composer-1",
    "claude-4.5-sonnet",
    "claude-4.5-sonnet-thinking",
    "claude-4.1-opus-thinking",
    "gpt-5",
    "gpt-5-codex",
  ],
  ...["gpt-5-codex-high", "gemini-2.5-pro", "grok-code-fast-1", "o3"],
];
