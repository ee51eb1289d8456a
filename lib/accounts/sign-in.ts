import "server-only";
import { deleteStaleSessions } from "@/lib/db/sessions";
import { findUserWithPassword, type User } from "@/lib/db/users";
import type { EdgeContext } from "@/lib/http/edge-context";
import { fail, ok, type Result } from "@/lib/result";
import { normaliseEmail } from "./email";
import { getLoginLimits, type LoginLimits } from "./login-limits";
import { verifyPassword } from "./password";
import { SESSION_IDLE_MS, startSession } from "./sessions";

export type SignInFailure = { kind: "wrong" } | { kind: "limited"; retryAfterSeconds: number };

export interface SignInAttempt {
  email: string;
  password: string;
  address: string;
}

type Edge = Pick<EdgeContext, "db" | "log" | "clock">;

/**
 * Checks e-mail and password. An unknown account, a wrong password and a disabled account fail alike, in words and in time; too
 * many attempts fail before anything is looked up.
 */
export async function authenticate(
  { db, log }: Edge,
  { email, password, address }: SignInAttempt,
  limits: LoginLimits = getLoginLimits(),
): Promise<Result<User, SignInFailure>> {
  const attempt = { email: normaliseEmail(email), address };
  const retryAfterSeconds = await limits.count(attempt);
  if (retryAfterSeconds !== null) {
    log.warn({ event: "auth.failed", address, reason: "limited" }, "too many sign-in attempts");
    return fail({ kind: "limited", retryAfterSeconds });
  }
  const found = await findUserWithPassword(db.client, { email: attempt.email });
  const matches = await verifyPassword(found?.passwordHash ?? null, password);
  if (!found || !matches || found.user.disabledAt) {
    const reason = !found ? "unknown" : matches ? "disabled" : "password";
    log.warn({ event: "auth.failed", address, user_id: found?.user.id ?? null, reason }, "sign-in refused");
    return fail({ kind: "wrong" });
  }
  await limits.forgive(attempt);
  return ok(found.user);
}

/** Authenticates and starts a session; its token is for the cookie alone. */
export async function signIn(
  edge: Edge,
  attempt: SignInAttempt & { userAgent: string },
): Promise<Result<{ user: User; token: string }, SignInFailure>> {
  const result = await authenticate(edge, attempt);
  if (!result.ok) return result;
  const token = await openSession(edge, { user: result.value, address: attempt.address, userAgent: attempt.userAgent });
  return ok({ user: result.value, token });
}

/** Starts the session of someone who has just proved who they are. */
export async function openSession(
  { db, log, clock }: Edge,
  { user, address, userAgent }: { user: User; address: string; userAgent: string },
): Promise<string> {
  const now = clock();
  await deleteStaleSessions(db.client, { now: new Date(now), idleSince: new Date(now - SESSION_IDLE_MS) });
  const token = await startSession(db.client, { userId: user.id, address, userAgent, now });
  log.info({ event: "auth.signed_in", address, user_id: user.id }, "signed in");
  return token;
}
