import { AppError } from "@/lib/errors";
import type { FailureClass } from "@/lib/providers/outcome";
import type { Provider } from "@/lib/providers/provider";
import type { FailedResult } from "./file-lists";

const REASONS: Partial<Record<FailureClass, string>> = {
  timeout: "it did not answer in time",
  throttled: "it asked for fewer calls",
  quota: "its allowance of downloads is used up",
  auth: "it refused our credentials",
  config: "its settings need an administrator",
  blocked: "it does not let this server in",
  challenge: "it wants to see a person",
  contract: "what it sent was no file",
  cancelled: "the time went by in Yagura's own rate limit",
};

/**
 * What somebody is told who does not get a file, in words that name no address. `result` is null for a provider that is still being asked;
 * `now` in epoch milliseconds.
 */
export function toDownloadRefusal({ name }: Provider, result: FailedResult | null, now: number): AppError {
  if (!result || result.kind === "queued") return unavailable(`${name} is busy: try again in a moment.`, 1);
  if (result.kind === "rejected") {
    const { reason, until } = result.admission;
    return unavailable(`${name} is not asked now: ${reason}.`, until === null ? null : secondsUntil(until, now));
  }
  const { failure } = result;
  if (failure.class === "client") return toClientError(name, failure.httpStatus);
  const reason = REASONS[failure.class] ?? "it could not be reached, or failed";
  const retryAt = failure.retryAt === null ? null : secondsUntil(failure.retryAt, now);
  return unavailable(`${name} did not give the file: ${reason}.`, retryAt);
}

function toClientError(name: string, httpStatus: number | null): AppError {
  if (httpStatus === 416) return new AppError("range_not_satisfiable", "The file has no such part.");
  if (httpStatus === 403) return new AppError("forbidden", `${name} does not let our account download files.`);
  if (httpStatus === null) return new AppError("forbidden", "This instance does not let the file through.");
  return new AppError("not_found", `${name} does not have this file any more.`);
}

function unavailable(message: string, retryAfterSeconds: number | null): AppError {
  return new AppError("unavailable", message, retryAfterSeconds === null ? {} : { retryAfterSeconds });
}

function secondsUntil(instant: number, now: number): number {
  return Math.max(1, Math.ceil((instant - now) / 1000));
}
