import { z } from "zod";
import { isOwnRequest } from "./classify";
import type { FailureClass } from "./outcome";
import type { AnswerEvidence, Operation, Verdict } from "./provider";
import { toLine } from "./text";
import { anything, maybe } from "./tolerant";

const error = z.object({
  /** A text in JSON:API. */
  status: z.coerce.number().int().nullish().catch(null),
  message: maybe(z.string()),
  detail: maybe(z.string()),
  title: maybe(z.string()),
});
const errorBody = z.object({ data: anything, errors: z.tuple([error], z.unknown()) });

type Evidence = Pick<AnswerEvidence, "status" | "json" | "operation">;

export interface ToldError {
  /** Of the HTTP kind; null when the body names none. */
  status: number | null;
  message: string | null;
  /** There is data beside the error. */
  partial: boolean;
}

/** The first of the `errors` that GraphQL, JSON:API and MangaDex alike list in a body; null when there is no such list. */
export function findToldError(json: unknown): ToldError | null {
  // Nearly every answer: a schema that does not fit is dear.
  if (typeof json !== "object" || json === null || !("errors" in json)) return null;
  const parsed = errorBody.safeParse(json);
  if (!parsed.success) return null;
  const { data, errors } = parsed.data;
  const [{ status = null, message, detail, title }] = errors;
  const said = toLine(message ?? detail ?? title)?.slice(0, 200) ?? null;
  return { status, message: said && `It says: ${said}`, partial: hasContent(data) };
}

/** Errors that come with 200 and without data are what their own status says. For an adapter's `judge`. */
export function judgeErrors({ status, json, operation }: Evidence): Verdict | null {
  const told = status >= 200 && status < 300 ? findToldError(json) : null;
  if (!told || told.partial) return null;
  return {
    class: told.status === null ? "contract" : classOfStatus(told.status, operation),
    ...(told.message && { message: told.message }),
  };
}

/** What a status says that stands in the body of an answer with 200. */
export function classOfStatus(status: number, operation: Operation): FailureClass {
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return isOwnRequest(operation) ? "config" : "client";
  if (status === 429) return "throttled";
  return status >= 500 && status < 600 ? "http_5xx" : "contract";
}

function hasContent(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Array.isArray(data) || Object.values(data).some((field) => field !== null);
}
