import { randomBytes } from "node:crypto";
import { changeAccount, createAccount } from "@/lib/accounts/accounts";
import { normaliseEmail } from "@/lib/accounts/email";
import { findPasswordFault } from "@/lib/accounts/password";
import type { Client } from "@/lib/db/client";
import { findUserWithPassword, listUsers as listPage, type User } from "@/lib/db/users";
import { AdminError } from "./admin-error";
import { parseOptions } from "./parse-options";
import { withDatabase } from "./with-database";

const PAGE_SIZE = 500;

export async function createUser(args: string[]): Promise<string> {
  const options = parseOptions(args, { email: "required", password: "required", name: "text", admin: "flag" });
  const email = normaliseEmail(options.email);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new AdminError("--email: This is not an e-mail address.");
  warnOfWeakPassword(options.password, email);
  const user = await withDatabase(({ client }) =>
    createAccount(client, {
      email,
      password: options.password,
      name: options.name,
      role: options.admin ? "admin" : "user",
      passwordRule: "operator",
    }),
  );
  return `${user.email}\t${user.role}`;
}

export async function resetPassword(args: string[]): Promise<string> {
  const options = parseOptions(args, { email: "required", password: "text" });
  const password = options.password ?? randomBytes(15).toString("base64url");
  await withDatabase(async ({ client }) => {
    const user = await getUserByEmail(client, options.email);
    warnOfWeakPassword(password, user.email);
    await changeAccount(client, user.id, { password, passwordRule: "operator" }, Date.now());
  });
  return options.password === undefined ? password : "";
}

export async function listUsers(args: string[]): Promise<string> {
  parseOptions(args, {});
  const users = await withDatabase(({ client }) => listAll(client));
  return users
    .map(({ email, role, disabledAt, name }) => [email, role, disabledAt ? "disabled" : "active", name].join("\t"))
    .join("\n");
}

/** AdminError when there is no such account. */
export async function getUserByEmail(client: Client, email: string): Promise<User> {
  const found = await findUserWithPassword(client, { email: normaliseEmail(email) });
  if (!found) throw new AdminError(`There is no account ${email}.`);
  return found.user;
}

async function listAll(client: Client): Promise<User[]> {
  const all: User[] = [];
  for (let page = 1; ; page++) {
    const { users, total } = await listPage(client, { page, limit: PAGE_SIZE });
    all.push(...users);
    if (all.length >= total || users.length === 0) return all;
  }
}

function warnOfWeakPassword(password: string, email: string): void {
  const fault = findPasswordFault(password, email);
  if (fault && !findPasswordFault(password, email, "operator")) process.stderr.write(`Warning: ${fault}\n`);
}
