import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/errors";
import { COMMON_PASSWORDS } from "./common-passwords";

export const PASSWORD_CHARS_MIN = 8;
export const PASSWORD_CHARS_MAX = 200;

/** The hash of a password that nobody has, with today's parameters: verified for unknown accounts, so that they take as long. */
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRvZm5vYm9keQ$Y3EFq1xmY4yv5mFbGk2ihF5Vyq2S0n7L5oJgJqXc3ZQ";

/** `operator`: whoever holds the machine decides for themselves how easy a password may be to guess. */
export type PasswordRule = "person" | "operator";

/**
 * What is wrong with a new password, in a sentence, or null. Length and a list of the commonest ones; no rules about kinds of
 * characters (OWASP ASVS 5.0, 6.2).
 */
export function findPasswordFault(password: string, email: string, rule: PasswordRule = "person"): string | null {
  const { length } = [...password];
  if (length < PASSWORD_CHARS_MIN) return `Use at least ${PASSWORD_CHARS_MIN} characters.`;
  if (length > PASSWORD_CHARS_MAX) return `Use at most ${PASSWORD_CHARS_MAX} characters.`;
  if (rule === "operator") return null;
  const plain = password.toLowerCase();
  const isSequence = new Set(plain).size < 3;
  if (COMMON_PASSWORDS.has(plain) || isSequence) return "This password is among the first that anyone would try.";
  if (plain === email.toLowerCase() || plain === email.toLowerCase().split("@")[0])
    return "This is your e-mail address.";
  return null;
}

/** Throws AppError bad_request naming `pointer` when the password is not good enough. */
export function assertGoodPassword(
  password: string,
  { email, pointer = "/password", rule = "person" }: { email: string; pointer?: string; rule?: PasswordRule },
): void {
  const fault = findPasswordFault(password, email, rule);
  if (fault === null) return;
  throw new AppError("bad_request", fault, { errors: [{ pointer, message: fault, code: "weak_password" }] });
}

/** argon2id with the package's defaults, which are OWASP's: 19 MiB, 2 passes, 1 lane. Runs off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"));
}

/** False for a wrong password, and after the same work when there is no hash to compare with. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODY, password.normalize("NFKC").slice(0, PASSWORD_CHARS_MAX * 4));
  return matches && passwordHash !== null;
}
