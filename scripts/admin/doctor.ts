import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "@/lib/db/client";
import { listPendingMigrations, pingDatabase } from "@/lib/db/system";
import { countActiveAdmins, countUsers } from "@/lib/db/users";
import { type Env, getEnv } from "@/lib/env";
import { AdminError } from "./admin-error";
import { parseOptions } from "./parse-options";

interface Finding {
  ok: boolean;
  text: string;
}

const NODE_MIN = [20, 19] as const;
const good = (text: string): Finding => ({ ok: true, text });
const bad = (text: string): Finding => ({ ok: false, text });

/** One line per thing looked at. AdminError with the same lines when one of them is not well. */
export async function doctor(args: string[]): Promise<string> {
  parseOptions(args, {});
  const env = getEnv();
  const findings = [
    checkNode(),
    good("environment: every variable is valid"),
    checkDataDir(env),
    ...["nextauth-secret", "instance-key"].map((name) => checkSecret(env, name)),
    ...(await checkDatabase(env)),
  ];
  const report = findings.map(({ ok, text }) => `${ok ? "ok  " : "FAIL"}  ${text}`).join("\n");
  if (findings.some(({ ok }) => !ok)) throw new AdminError(report);
  return report;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  const text = `node: ${process.version}`;
  return isEnough ? good(text) : bad(`${text}; ${NODE_MIN.join(".")} or newer is needed`);
}

function checkDataDir({ DATA_DIR: path }: Env): Finding {
  if (!existsSync(path)) return bad(`data folder: ${path} is not there; the first start makes it`);
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return bad(`data folder: ${path} cannot be written by this user`);
  }
  const isOpen = (statSync(path).mode & 0o007) !== 0;
  return isOpen
    ? bad(`data folder: ${path} is open to everyone on this machine (chmod 700)`)
    : good(`data folder: ${path}`);
}

function checkSecret(env: Env, name: string): Finding {
  const fromEnvironment = name === "instance-key" ? env.INSTANCE_KEY : env.NEXTAUTH_SECRET;
  if (fromEnvironment) return good(`${name}: from the environment`);
  const path = join(env.DATA_DIR, name);
  if (!existsSync(path)) return good(`${name}: not made yet; the first start makes it`);
  const { mode, size } = statSync(path);
  if (size === 0) return bad(`${name}: ${path} is empty`);
  return (mode & 0o077) === 0 ? good(`${name}: ${path}`) : bad(`${name}: others can read ${path} (chmod 600)`);
}

async function checkDatabase(env: Env): Promise<Finding[]> {
  const where = env.DATABASE_URL.startsWith("file:") ? env.DATABASE_URL : new URL(env.DATABASE_URL).host;
  if (env.DATABASE_URL.startsWith("file:") && !existsSync(env.DATABASE_URL.slice("file:".length))) {
    return [bad(`database: ${where} is not there; the first start makes it`)];
  }
  let database: Database | null = null;
  try {
    database = await openDatabase({ url: env.DATABASE_URL, poolSize: 1 });
    await pingDatabase(database.client);
    const pending = await listPendingMigrations(database);
    if (pending.length > 0)
      return [bad(`database: migrations are missing: ${pending.join(", ")}; a start applies them`)];
    const [users, admins] = [await countUsers(database.client), await countActiveAdmins(database.client)];
    const accounts =
      users > 0 && admins === 0 ? bad(`accounts: ${users}, none an admin who can sign in`) : good(`accounts: ${users}`);
    return [good(`database: ${where}, all migrations applied`), accounts];
  } catch (error) {
    return [bad(`database: ${where} does not answer: ${error instanceof Error ? error.message : String(error)}`)];
  } finally {
    await database?.close();
  }
}
