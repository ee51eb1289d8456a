import { z } from "zod";

const EMAIL_CHARS_MAX = 254;

/** One spelling per address: accounts are found by it. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

export const emailSchema = z
  .string()
  .max(EMAIL_CHARS_MAX)
  .transform(normaliseEmail)
  .pipe(z.email("This is not an e-mail address."));
