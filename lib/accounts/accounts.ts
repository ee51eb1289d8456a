import "server-only";
import type { Client, Transaction } from "@/lib/db/client";
import { deleteSessionsOf } from "@/lib/db/sessions";
import {
  countActiveAdmins,
  createUser,
  findUser,
  findUserWithPassword,
  lockAdmins,
  type User,
  type UserChanges,
  updateUser,
} from "@/lib/db/users";
import { AppError } from "@/lib/errors";
import { normaliseEmail } from "./email";
import { assertGoodPassword, hashPassword, type PasswordRule, verifyPassword } from "./password";
import type { Role, Viewer } from "./viewer-type";

export interface NewAccount {
  email: string;
  password: string;
  /** By default what stands before the @. */
  name?: string | undefined;
  role: Role;
  timeZone?: string;
  passwordRule?: PasswordRule;
}

/** AppError bad_request for a weak password, conflict when the e-mail address has an account. */
export async function createAccount(client: Client | Transaction, account: NewAccount): Promise<User> {
  const email = normaliseEmail(account.email);
  assertGoodPassword(account.password, { email, rule: account.passwordRule ?? "person" });
  const user = await createUser(client, {
    email,
    name: account.name?.trim() || (email.split("@")[0] ?? email),
    role: account.role,
    passwordHash: await hashPassword(account.password),
    ...(account.timeZone && { timeZone: account.timeZone }),
  });
  if (user) return user;
  const errors = [{ pointer: "/email", message: "This e-mail address has an account already.", code: "taken" }];
  throw new AppError("conflict", "This e-mail address has an account already.", { errors });
}

export interface AccountChanges {
  name?: string | undefined;
  role?: Role | undefined;
  disabled?: boolean | undefined;
  password?: string | undefined;
  passwordRule?: PasswordRule;
}

/**
 * What an admin changes in an account. A new password or a disabled account ends its sessions. AppError not_found; conflict when
 * no admin who can sign in would be left.
 */
export async function changeAccount(
  client: Client,
  userId: string,
  { name, role, disabled, password, passwordRule = "person" }: AccountChanges,
  now: number,
): Promise<User> {
  const before = await findUser(client, userId);
  if (!before) throw new AppError("not_found", "There is no such account.");
  if (password !== undefined) assertGoodPassword(password, { email: before.email, rule: passwordRule });
  const changes: UserChanges = {
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(disabled !== undefined && { disabledAt: disabled ? (before.disabledAt ?? new Date(now)) : null }),
    ...(password !== undefined && { passwordHash: await hashPassword(password) }),
  };
  return client.$transaction(async (transaction) => {
    // Two admins who demote each other at once must not both succeed.
    if (role === "user" || disabled) await lockAdmins(transaction, new Date(now));
    const adminsBefore = await countActiveAdmins(transaction);
    const user = await updateUser(transaction, userId, changes);
    if (!user) throw new AppError("not_found", "There is no such account.");
    if (adminsBefore > 0 && (await countActiveAdmins(transaction)) === 0) {
      throw new AppError("conflict", "This is the last admin who can sign in.");
    }
    if (disabled || password !== undefined) await deleteSessionsOf(transaction, userId);
    return user;
  });
}

/** Changes one's own password and ends one's other sessions. AppError bad_request when the present one is wrong. */
export async function changeOwnPassword(
  client: Client,
  viewer: Viewer,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const found = await findUserWithPassword(client, { id: viewer.id });
  if (!found || !(await verifyPassword(found.passwordHash, current))) {
    const errors = [{ pointer: "/current_password", message: "This is not your password.", code: "wrong_password" }];
    throw new AppError("bad_request", "The present password is wrong.", { errors });
  }
  assertGoodPassword(password, { email: viewer.email, pointer: "/new_password" });
  const passwordHash = await hashPassword(password);
  const keptId = viewer.credential.kind === "session" ? viewer.credential.sessionId : null;
  await client.$transaction(async (transaction) => {
    await updateUser(transaction, viewer.id, { passwordHash });
    await deleteSessionsOf(transaction, viewer.id, keptId);
  });
}
