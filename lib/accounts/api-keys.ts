import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { type ApiKey, createApiKey, deleteApiKey, findApiKeyWithUser, touchApiKey } from "@/lib/db/api-keys";
import type { Client } from "@/lib/db/client";
import { touchUser } from "@/lib/db/users";
import { AppError } from "@/lib/errors";
import { scopesOfRole, toEffectiveScopes } from "./permissions";
import type { Scope, Viewer } from "./viewer-type";

const TOUCH_INTERVAL_MS = 10 * 60 * 1000;
const KEY_FORMAT = /^ygr_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{43}$/;

/** Makes a key and returns it in clear, for the only time. AppError forbidden for scopes beyond what the maker may do now. */
export async function issueApiKey(
  client: Client,
  options: {
    viewer: Pick<Viewer, "id" | "role"> & Partial<Pick<Viewer, "credential">>;
    name: string;
    /** Null: all that the owner may do. */
    scopes: readonly Scope[] | null;
    expiresAt: Date | null;
    now: number;
  },
): Promise<{ key: ApiKey; secret: string }> {
  const { viewer, scopes } = options;
  const grantable = toGrantableScopes(viewer);
  const beyond = (scopes ?? scopesOfRole(viewer.role)).findIndex((scope) => !grantable.includes(scope));
  if (beyond >= 0) {
    const pointer = scopes === null ? "/scopes" : `/scopes/${beyond}`;
    const errors = [{ pointer, message: "You do not have this scope yourself.", code: "forbidden" }];
    throw new AppError("forbidden", "A key cannot do more than its maker.", { errors });
  }
  if (options.expiresAt && options.expiresAt.getTime() <= options.now) {
    const errors = [{ pointer: "/expires_at", message: "This must lie in the future.", code: "past" }];
    throw new AppError("bad_request", "The key would be expired at once.", { errors });
  }
  const prefix = randomBytes(4).toString("hex");
  const secret = `ygr_${prefix}_${randomBytes(32).toString("base64url")}`;
  const key = await createApiKey(client, {
    viewerId: viewer.id,
    name: options.name,
    prefix,
    hash: hashOf(secret),
    scopes,
    expiresAt: options.expiresAt,
    createdAt: new Date(options.now),
  });
  return { key, secret };
}

/** Who a key stands for now, with the scopes that its owner's present role leaves it; null for an unknown or dead key. */
export async function findApiKeyViewer(client: Client, secret: string, now: number): Promise<Viewer | null> {
  if (!KEY_FORMAT.test(secret)) return null;
  const found = await findApiKeyWithUser(client, hashOf(secret));
  if (!found) return null;
  const { key, user } = found;
  if (user.disabledAt || (key.expiresAt && key.expiresAt.getTime() <= now)) return null;
  if (now - (key.lastUsedAt?.getTime() ?? 0) > TOUCH_INTERVAL_MS) {
    await touchApiKey(client, key.id, new Date(now));
    await touchUser(client, user.id, new Date(now));
  }
  const { disabledAt: _, lastActiveAt: __, createdAt: ___, ...account } = user;
  return {
    ...account,
    credential: { kind: "key", keyId: key.id, scopes: toEffectiveScopes(key.scopes, user.role) },
  };
}

/** AppError not_found when this user has no such key. */
export async function revokeApiKey(client: Client, options: { viewerId: string; keyId: string }): Promise<void> {
  if (!(await deleteApiKey(client, options))) throw new AppError("not_found", "There is no such key.");
}

/** A key hands on at most what it has; the scope admin stands for all. */
function toGrantableScopes({ role, credential }: Pick<Viewer, "role"> & Partial<Pick<Viewer, "credential">>) {
  const isLimited = credential?.kind === "key" && !credential.scopes.includes("admin");
  return isLimited ? credential.scopes : scopesOfRole(role);
}

/** Looked up by hash: the secret has 256 random bits, so that a slow hash would add nothing and a comparison leaks nothing. */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
