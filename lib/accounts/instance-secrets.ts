import "server-only";
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "@/lib/env";

const SECRET_BYTES = 32;

export interface InstanceSecrets {
  nextAuthSecret: string;
  instanceKey: string;
}

/**
 * The secrets of this instance: from the environment, else from files in DATA_DIR, made there on first use (mode 0600). Two
 * processes that start at once end up with the same secrets.
 */
export function loadInstanceSecrets(
  env: Pick<Env, "DATA_DIR" | "NEXTAUTH_SECRET" | "INSTANCE_KEY">,
  random: (bytes: number) => Buffer = randomBytes,
): InstanceSecrets {
  const fromFile = (name: string) => readOrMake(env.DATA_DIR, name, random);
  return {
    nextAuthSecret: env.NEXTAUTH_SECRET ?? fromFile("nextauth-secret"),
    instanceKey: env.INSTANCE_KEY ?? fromFile("instance-key"),
  };
}

function readOrMake(folder: string, name: string, random: (bytes: number) => Buffer): string {
  const path = join(folder, name);
  const found = findText(path);
  if (found !== null) return found;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${random(4).toString("hex")}`;
  writeFileSync(draft, `${random(SECRET_BYTES).toString("base64url")}\n`, { mode: 0o600, flush: true });
  try {
    // A link appears whole or not at all and never replaces: whoever comes second reads what the first one made.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = findText(path);
  if (made === null) throw new Error(`${path} could not be made.`);
  return made;
}

/** Null when the file is not there. An empty one is an error: to replace a lost key in silence would lose every sealed secret. */
function findText(path: string): string | null {
  try {
    const text = readFileSync(path, "utf8").trim();
    if (text === "")
      throw new Error(`${path} is empty. Restore it from a backup, or remove it to start with a new one.`);
    return text;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
