import "server-only";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Client } from "@/lib/db/client";
import { claimFirstAccount, hasUsers, type User } from "@/lib/db/users";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createAccount, type NewAccount } from "./accounts";

type FirstAccount = Omit<NewAccount, "role">;

/**
 * To be called at start, after the migrations: makes the first admin from YAGURA_ADMIN_EMAIL and YAGURA_ADMIN_PASSWORD, or, when
 * there is no account and no such variables, opens /setup and says its token in the log. Returns the token, null when not needed.
 */
export async function ensureFirstAdmin({
  client,
  env,
  log,
}: {
  client: Client;
  env: Pick<Env, "DATA_DIR" | "YAGURA_ADMIN_EMAIL" | "YAGURA_ADMIN_PASSWORD">;
  log: Logger;
}): Promise<string | null> {
  if (await hasUsers(client)) {
    closeSetup(env.DATA_DIR);
    return null;
  }
  const { YAGURA_ADMIN_EMAIL: email, YAGURA_ADMIN_PASSWORD: password } = env;
  if (email && password) {
    const user = await createFirstAdmin(client, { email, password, passwordRule: "operator" }).catch(
      (error: unknown) => {
        // Another instance that started at the same time was first.
        if (error instanceof AppError && error.code === "conflict") return null;
        throw error;
      },
    );
    if (user) log.info({ event: "setup.finished", user_id: user.id }, "the first admin was made from the environment");
    return null;
  }
  const token = openSetup(env.DATA_DIR);
  log.warn({ event: "setup.open" }, `There is no account yet. Open /setup and enter the set-up token ${token}`);
  return token;
}

/** Makes the first admin from the set-up page. AppError forbidden for a wrong token, conflict when there is an account. */
export async function finishSetup(
  client: Client,
  { dataDir, token, account }: { dataDir: string; token: string; account: FirstAccount },
): Promise<User> {
  if (await hasUsers(client)) throw new AppError("conflict", "Yagura has been set up already.");
  const wanted = findSetupToken(dataDir);
  if (wanted === null || !isSame(token.trim(), wanted)) {
    const errors = [{ pointer: "/token", message: "This is not the token in the log.", code: "wrong_token" }];
    throw new AppError("forbidden", "The set-up token is wrong.", { errors });
  }
  const user = await createFirstAdmin(client, account);
  closeSetup(dataDir);
  return user;
}

/** One transaction with a row that can be written only once: of two visitors who finish at the same time one is refused. */
async function createFirstAdmin(client: Client, account: FirstAccount): Promise<User> {
  return client.$transaction(async (transaction) => {
    if (!(await claimFirstAccount(transaction)) || (await hasUsers(transaction))) {
      throw new AppError("conflict", "Yagura has been set up already.");
    }
    return createAccount(transaction, { ...account, role: "admin" });
  });
}

const tokenPath = (dataDir: string) => join(dataDir, "setup-token");

/** Kept in a file, so that a restart does not void what the log said before. */
function openSetup(dataDir: string): string {
  const found = findSetupToken(dataDir);
  if (found) return found;
  const token = randomBytes(12).toString("base64url");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(tokenPath(dataDir), `${token}\n`, { mode: 0o600 });
  return token;
}

function findSetupToken(dataDir: string): string | null {
  try {
    return readFileSync(tokenPath(dataDir), "utf8").trim() || null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function closeSetup(dataDir: string): void {
  rmSync(tokenPath(dataDir), { force: true });
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
