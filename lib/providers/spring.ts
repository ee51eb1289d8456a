import { z } from "zod";
import { isOwnRequest } from "./classify";
import { classOfStatus } from "./judge-errors";
import type { AnswerEvidence, Verdict } from "./provider";
import { toLine } from "./text";
import { maybe } from "./tolerant";

const text = maybe(z.string());
const violations = z.object({ violations: z.tuple([z.object({ fieldName: text, message: text })], z.unknown()) });
const failure = z.object({ status: z.int().min(400), error: z.string() });

/** A page of a list as Spring sends it. */
export const springPage = z.object({
  content: z.array(z.unknown()),
  /** From 0. */
  number: z.int().nonnegative(),
  last: z.boolean(),
  totalElements: maybe(z.int().nonnegative()),
});

/** What a server made with Spring says of a request: the first broken rule, and errors that come with 200. For an adapter's `judge`. */
export function judgeSpring({ status, json, operation }: AnswerEvidence): Verdict | null {
  const violated = violations.safeParse(json);
  if (violated.success) {
    const [{ fieldName, message }] = violated.data.violations;
    const said = toLine([fieldName, message].filter(Boolean).join(": "))?.slice(0, 200) ?? "it does not say why.";
    return { class: isOwnRequest(operation) ? "config" : "client", message: `Refused the request: ${said}` };
  }
  const failed = status === 200 ? failure.safeParse(json) : null;
  return failed?.success ? { class: classOfStatus(failed.data.status, operation) } : null;
}
