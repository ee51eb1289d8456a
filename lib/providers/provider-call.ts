import type { AttemptTrace } from "./attempt-call";
import type { ProviderFailure } from "./outcome";
import type { Provider, ProviderCall, SearchPage, Source } from "./provider";
import { type CallableOperation, toOperation } from "./run-operation";

interface Origin {
  provider: Provider;
  source: Source;
  operation: CallableOperation;
  requestId?: string | null;
}

interface Span {
  startedAt: number;
  durationMs: number;
  generation: number;
}

interface Ending {
  /** Of a search that succeeded. */
  hits: { page: SearchPage; relevance: number | null } | null;
  failure: ProviderFailure | null;
}

/** The event of one call. */
export function toProviderCall(
  { provider, source, operation, requestId }: Origin,
  trace: AttemptTrace,
  { startedAt, durationMs, generation }: Span,
  { hits, failure }: Ending,
): ProviderCall {
  return {
    providerId: provider.id,
    origin: new URL(provider.config.baseUrl).origin,
    source,
    operation: toOperation(operation),
    startedAt,
    durationMs,
    class: failure?.class ?? (hits?.page.items.length === 0 ? "ok_empty" : "ok"),
    httpStatus: failure?.httpStatus ?? trace.httpStatus,
    results: hits?.page.items.length ?? null,
    dropped: hits?.page.dropped ?? 0,
    relevance: hits?.relevance ?? null,
    message: failure?.message ?? null,
    retryAt: failure?.retryAt ?? null,
    unreachable: failure?.unreachable ?? false,
    generation,
    attempts: trace.attempts,
    requestId: requestId ?? null,
  };
}
