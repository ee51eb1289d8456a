import type { z } from "zod";
import type { FailureClass, OutcomeClass, ProviderFailure } from "./outcome";
import type { WorkRecord } from "./work";

export const PROVIDER_KINDS = ["catalogue", "metadata", "subtitles", "ai"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

export const OPERATIONS = ["check", "canary", "search", "details", "cover", "download"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Who asked. The first three are passive (a person's traffic), the others active. */
export const SOURCES = ["search", "detail", "download", "check", "probe", "canary", "manual"] as const;
export type Source = (typeof SOURCES)[number];

export interface ConfigField {
  key: string;
  label: string;
  type: "url" | "text" | "secret" | "number" | "boolean";
  required: boolean;
  secret: boolean;
  help: string;
}

/** What an adapter's methods get: the built configuration, with `baseUrl` free of a trailing slash. */
export type AdapterConfig = Readonly<{ baseUrl: string } & Record<string, string>>;

export interface HttpRequest {
  method?: "GET" | "POST";
  /** Appended to the base URL; an absolute http(s) URL is taken as it is. */
  path: string;
  /** Null, undefined and empty arrays are left out; an array repeats its name. */
  query?: Record<string, string | number | boolean | readonly string[] | null | undefined>;
  headers?: Record<string, string>;
  json?: unknown;
  /** Statuses other than 2xx that are an answer, not a failure (Calibre's 404 for "no hits"). */
  accept?: readonly number[];
}

export interface TextResponse {
  status: number;
  contentType: string;
  text: string;
  url: string;
}

export interface BinaryResponse {
  contentType: string;
  bytes: Uint8Array;
}

/** A part of a file that somebody asked for, as HTTP spells it. */
export interface FileRange {
  /** One range of bytes: `bytes=0-499`, `bytes=500-`, `bytes=-500`. */
  range: string;
  /** `If-Range`: the part only while the file is still this one, else the whole. */
  ifRange: string | null;
}

/** What of a file is wanted, and how much at most. */
export interface StreamLimits {
  part: FileRange | null;
  /** The whole file's. A larger one is refused, or broken off when its length was not told. */
  bytesMax: number;
}

/** A file on its way: its headers were judged, its body comes as fast as it is read. */
export interface FileStream {
  status: 200 | 206;
  contentType: string;
  /** Bytes of this body; null when the upstream does not say. */
  length: number | null;
  /** `bytes 0-499/1234`, of a 206. */
  contentRange: string | null;
  acceptsRanges: boolean;
  etag: string | null;
  lastModified: string | null;
  /** From `Content-Disposition`, as the upstream wrote it. */
  fileName: string | null;
  /** To be read to its end or cancelled: what nobody reads holds a connection. Errors with `ProviderError`. */
  body: ReadableStream<Uint8Array>;
  /** Kept when the body is over: null when it came whole. Never rejects. */
  ended: Promise<ProviderFailure | null>;
}

/** The one way out for adapters. Every method throws `ProviderError` and nothing else; deadline, size cap and redirects are its own. */
export interface HttpClient {
  json<Schema extends z.ZodType>(request: HttpRequest, schema: Schema): Promise<z.infer<Schema>>;
  text(request: HttpRequest): Promise<TextResponse>;
  /** Raster images only, at most 10 MiB. */
  image(request: HttpRequest): Promise<BinaryResponse>;
  /**
   * A file of any type but a web page or JSON, not kept in memory. The call's deadline ends with its headers; from then on each pause of the
   * upstream has one as long. For `download`, whose input has the limits.
   */
  stream(request: HttpRequest, limits: StreamLimits): Promise<FileStream>;
}

export interface AdapterContext {
  http: HttpClient;
  signal: AbortSignal;
  config: AdapterConfig;
}

/** A work at its provider, with a name to look it up by where an id is no address. */
export interface WorkRef {
  externalId: string;
  title: string;
}

/** A file that a work can be had as. */
export interface WorkFile {
  /** The adapter's own name for it, read by `download` alone; people never see it, so it may be an address with a key in it. */
  id: string;
  /** For people; with or without an ending. */
  name: string;
  mediaType: string | null;
  sizeBytes: number | null;
  /** BCP 47. */
  language: string | null;
}

export interface DownloadInput extends StreamLimits {
  work: WorkRef;
  /** One of those that `files` gave for this work. */
  fileId: string;
}

export interface SearchInput {
  text: string;
  /** What `nextPage` of the page before said; null for the first. */
  page: string | null;
  limit: number;
  /** Pornographic works wanted; left out when false where the provider can tell. */
  adult: boolean;
}

export interface SearchPage {
  items: WorkRecord[];
  /** Items that could not be read and were left out. */
  dropped: number;
  nextPage: string | null;
  total: number | null;
}

/** The parts of an HTTP answer that an adapter may judge. `json` is undefined when the body is none. */
export interface AnswerEvidence {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  json: unknown;
  operation: Operation;
}

export interface Verdict {
  class: FailureClass;
  message?: string;
  retryAt?: number;
  /** Where only a span is told, and not in a header; from now. */
  retryAfterMs?: number;
}

/** A provider of a multi adapter that every instance has: the adapter itself but for what is given here. */
export interface ProviderPreset extends Partial<Omit<ProviderAdapter, "id" | "multi" | "presets">> {
  /** The provider's whole id, without the adapter's prefix. */
  id: string;
  name: string;
  defaultBaseUrl: string;
}

/**
 * One kind of API. An adapter builds requests and maps answers, nothing else: no clock, no retry, no logging, no state.
 * Each method throws `ProviderError` on failure. The optional methods are the capabilities.
 */
export interface ProviderAdapter {
  /** The provider's id, or for `multi` adapters the prefix before `-<name>`. */
  id: string;
  name: string;
  kind: ProviderKind;
  multi: boolean;
  /** Of multi adapters alone. */
  presets?: readonly ProviderPreset[];
  enabledByDefault: boolean;
  /** Null where only the user can know it. */
  defaultBaseUrl: string | null;
  /** The longest the provider may take, where it is known to be slow; else the instance's default. */
  timeoutMs?: number;
  /** Minutes between scheduled checks; null means the instance's interval. */
  checkInterval: number | null;
  /** At most `calls` in any window of `intervalMs`, from `reference` limits of the upstream, on the safe side. */
  rate: { calls: number; intervalMs: number };
  configFields: readonly ConfigField[];
  /**
   * Hosts (besides the base URL's own) that a redirect or a cover may lead to, e.g. `uploads.mangadex.org`; `*.archive.org` for every name
   * below, `*` for every public host. They get none of the adapter's headers.
   */
  trustedHosts?: readonly string[];
  /** Retry hints and error bodies in this provider's own spelling. Runs before the general rules; null leaves it to them. */
  judge?(evidence: AnswerEvidence): Verdict | null;
  check(context: AdapterContext): Promise<void>;
  /** A search whose answer is known; throws `contract` when it is not there. */
  canary?(context: AdapterContext): Promise<void>;
  search?(context: AdapterContext, input: SearchInput): Promise<SearchPage>;
  details?(context: AdapterContext, externalId: string): Promise<WorkRecord>;
  cover?(context: AdapterContext, url: string): Promise<BinaryResponse>;
  /** The files that `download` can fetch, in the order in which people want them. Goes with `download`. */
  files?(context: AdapterContext, work: WorkRef): Promise<WorkFile[]>;
  /** Ends in `context.http.stream(request, input)`. */
  download?(context: AdapterContext, input: DownloadInput): Promise<FileStream>;
}

/** Thresholds that an admin may set per provider; null means the instance's. */
export interface ProviderThresholds {
  maxConsecutiveFailures: number | null;
  circuitFailureThreshold: number | null;
  circuitRecoveryTimeoutMs: number | null;
  circuitSuccessThreshold: number | null;
  circuitWindow: number | null;
  circuitMinRequests: number | null;
  autoDisableCooldownMinutes: number | null;
}

/** One configured upstream: an adapter with settings from defaults, admin and environment (the later wins). */
export interface Provider {
  id: string;
  name: string;
  adapter: ProviderAdapter;
  source: "builtin" | "environment" | "admin";
  enabled: boolean;
  /** False when the adapter cannot be used; `message` says why in one sentence. */
  initialized: boolean;
  message: string | null;
  priority: number;
  timeoutMs: number;
  checkInterval: number | null;
  minCheckInterval: number | null;
  thresholds: ProviderThresholds;
  rate: { calls: number; intervalMs: number };
  config: AdapterConfig;
  /** Names of settings that the environment decides (`enabled`, `base_url`, `api_key`, …). */
  locked: readonly string[];
}

/**
 * The one event of every call to a provider. Exactly one per call that left our own limiter. That of a download comes when its body is over,
 * dated then, with the time until its headers as its duration: the rest is the file's length and its reader's pace.
 */
export interface ProviderCall {
  providerId: string;
  /** scheme, host and port */
  origin: string;
  source: Source;
  operation: Operation;
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  class: OutcomeClass;
  httpStatus: number | null;
  /** Hits of a search; null for other operations and failures. */
  results: number | null;
  dropped: number;
  /** Mean relevance 0–1 of a search's hits; null when it was no search or had none. */
  relevance: number | null;
  message: string | null;
  retryAt: number | null;
  /** As in `ProviderFailure`: no sign of the host at all. */
  unreachable: boolean;
  /** The circuit's generation when the call was admitted. */
  generation: number;
  attempts: number;
  requestId: string | null;
}

/** What the health engine says to a call before it is made. */
export type Admission =
  | { allowed: true; generation: number }
  | {
      allowed: false;
      gate: "disabled" | "config" | "hold" | "circuit" | "auto_disabled";
      reason: string;
      until: number | null;
    };

export type CallResult<Value> =
  | { ok: true; value: Value; durationMs: number }
  | { ok: false; kind: "failed"; failure: ProviderFailure; durationMs: number }
  | { ok: false; kind: "rejected"; admission: Extract<Admission, { allowed: false }> }
  /** Never got past our own limiter before its deadline or abort: no sample, nobody's fault. */
  | { ok: false; kind: "queued"; waitedMs: number };
