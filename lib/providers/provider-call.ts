import type { AttemptTrace } from "./attempt-call";
import type { ProviderFailure } from "./outcome";
import type { Operation, Provider, ProviderCall, SearchPage, Source } from "./provider";

interface Origin {
  provider: Provider;
  source: Source;
  operation: Operation;
  requestId?: string | null;
}

interface Sample {
  startedAt: number;
  durationMs: number;
  generation: number;
  page?: SearchPage | null;
  relevance?: number | null;
  failure?: ProviderFailure;
}

/** The event of one call: a success with its page, if it was a search, or a failure. */
export function toProviderCall(
  { provider, source, operation, requestId }: Origin,
  trace: AttemptTrace,
  { startedAt, durationMs, generation, page, relevance, failure }: Sample,
): ProviderCall {
  return {
    providerId: provider.id,
    origin: new URL(provider.config.baseUrl).origin,
    source,
    operation,
    startedAt,
    durationMs,
    class: failure?.class ?? (page?.items.length === 0 ? "ok_empty" : "ok"),
    httpStatus: failure?.httpStatus ?? trace.httpStatus,
    results: page?.items.length ?? null,
    dropped: page?.dropped ?? 0,
    relevance: relevance ?? null,
    message: failure?.message ?? null,
    retryAt: failure?.retryAt ?? null,
    generation,
    attempts: trace.attempts,
    requestId: requestId ?? null,
  };
}
