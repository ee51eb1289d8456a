import { timingSafeEqual } from "node:crypto";

/** Whether the request carries exactly this bearer token; takes the same time for any wrong one of equal length. */
export function carriesBearer(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.get("authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
