import "server-only";
import { z } from "zod";
import { ROLES, type Role, type Viewer } from "@/lib/accounts/viewer-type";
import type { Client, Transaction } from "./client";

export const THEMES = ["system", "light", "dark"] as const;
export const TITLE_LANGUAGES = ["english", "romanised", "native"] as const;

/** An account without its password. */
export interface User extends Omit<Viewer, "credential"> {
  disabledAt: Date | null;
  lastActiveAt: Date | null;
  createdAt: Date;
}

export interface UserChanges {
  name?: string;
  passwordHash?: string;
  role?: Role;
  disabledAt?: Date | null;
  providerCheckInterval?: number | null;
  timeZone?: string;
  theme?: Viewer["theme"];
  titleLanguage?: Viewer["titleLanguage"];
  showAdult?: boolean;
  hiddenProviders?: readonly string[];
  defaultProviders?: readonly string[];
}

type UserRow = NonNullable<Awaited<ReturnType<Client["user"]["findUnique"]>>>;

const names = z.array(z.string()).catch([]);

/** Makes an account. Null when the e-mail address is taken. `email` must be normalised (`normaliseEmail`). */
export async function createUser(
  client: Client | Transaction,
  user: { email: string; name: string; passwordHash: string; role: Role; timeZone?: string },
): Promise<User | null> {
  try {
    return toUser(await client.user.create({ data: user }));
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

export async function findUser(client: Client | Transaction, userId: string): Promise<User | null> {
  const row = await client.user.findUnique({ where: { id: userId } });
  return row && toUser(row);
}

/** For sign-in alone: the only read that hands out the password's hash. */
export async function findUserWithPassword(
  client: Client | Transaction,
  where: { email: string } | { id: string },
): Promise<{ user: User; passwordHash: string } | null> {
  const row = await client.user.findUnique({ where });
  return row && { user: toUser(row), passwordHash: row.passwordHash };
}

export async function listUsers(
  client: Client | Transaction,
  { page, limit }: { page: number; limit: number },
): Promise<{ users: User[]; total: number }> {
  const [rows, total] = await Promise.all([
    client.user.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], skip: (page - 1) * limit, take: limit }),
    client.user.count(),
  ]);
  return { users: rows.map(toUser), total };
}

export async function countUsers(client: Client | Transaction): Promise<number> {
  return client.user.count();
}

/** Whether there is any account. Cheap: pages ask this of each visitor who is not signed in. */
export async function hasUsers(client: Client | Transaction): Promise<boolean> {
  return (await client.user.findFirst({ select: { id: true } })) !== null;
}

/** Admins who can sign in. */
export async function countActiveAdmins(client: Client | Transaction): Promise<number> {
  return client.user.count({ where: { role: "admin", disabledAt: null } });
}

/** Makes other transactions that touch admins wait for the end of this one. */
export async function lockAdmins(transaction: Transaction, now: Date): Promise<void> {
  await transaction.user.updateMany({ where: { role: "admin" }, data: { updatedAt: now } });
}

const FIRST_ACCOUNT = "accounts.first";

/** True for one transaction ever to commit; a second one waits for the first and then gets false. */
export async function claimFirstAccount(transaction: Transaction): Promise<boolean> {
  if (await transaction.setting.findUnique({ where: { key: FIRST_ACCOUNT } })) return false;
  try {
    await transaction.setting.create({ data: { key: FIRST_ACCOUNT, value: "true" } });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** Null when there is no such account. */
export async function updateUser(
  client: Client | Transaction,
  userId: string,
  { hiddenProviders, defaultProviders, ...changes }: UserChanges,
): Promise<User | null> {
  const lists = {
    ...(hiddenProviders && { hiddenProviders: JSON.stringify(hiddenProviders) }),
    ...(defaultProviders && { defaultProviders: JSON.stringify(defaultProviders) }),
  };
  const { count } = await client.user.updateMany({ where: { id: userId }, data: { ...changes, ...lists } });
  return count === 0 ? null : findUser(client, userId);
}

export async function touchUser(client: Client | Transaction, userId: string, at: Date): Promise<void> {
  await client.user.updateMany({ where: { id: userId }, data: { lastActiveAt: at } });
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: z.enum(ROLES).parse(row.role),
    timeZone: row.timeZone,
    theme: z.enum(THEMES).catch("system").parse(row.theme),
    titleLanguage: z.enum(TITLE_LANGUAGES).catch("english").parse(row.titleLanguage),
    showAdult: row.showAdult,
    hiddenProviders: names.parse(JSON.parse(row.hiddenProviders)),
    defaultProviders: names.parse(JSON.parse(row.defaultProviders)),
    providerCheckInterval: row.providerCheckInterval,
    disabledAt: row.disabledAt,
    lastActiveAt: row.lastActiveAt,
    createdAt: row.createdAt,
  };
}

/** Prisma's P2002. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
