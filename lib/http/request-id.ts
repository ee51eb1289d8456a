import { randomUUID } from "node:crypto";

const ACCEPTABLE = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's `X-Request-Id` when it is short and plain (it goes into logs and answers), else a new one. */
export function toRequestId(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && ACCEPTABLE.test(given) ? given : randomUUID();
}
