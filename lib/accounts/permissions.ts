import { AppError } from "@/lib/errors";
import { type Role, SCOPES, type Scope, type Viewer } from "./viewer-type";

const ADMIN_SCOPES: readonly Scope[] = ["admin", "metrics"];

export interface Requirement {
  access: "user" | "admin";
  scope?: Scope;
  /** Whether the request only reads: a key limited to scopes may read what asks for no scope, and change nothing there. */
  readsOnly: boolean;
}

/** The scopes that a key of an account with this role can have at most. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return role === "admin" ? SCOPES : SCOPES.filter((scope) => !ADMIN_SCOPES.includes(scope));
}

/** What a key may do now: what it was given, cut to what its owner's role allows. Null was "all". */
export function toEffectiveScopes(given: readonly Scope[] | null, role: Role): readonly Scope[] {
  const allowed = scopesOfRole(role);
  return given === null ? allowed : allowed.filter((scope) => given.includes(scope));
}

/** Throws AppError forbidden when the viewer's role or key does not reach. */
export function assertAllowed(viewer: Viewer, { access, scope, readsOnly }: Requirement): void {
  if (access === "admin" && viewer.role !== "admin") throw new AppError("forbidden", "This is for admins.");
  if (viewer.credential.kind === "session") return;
  const { scopes } = viewer.credential;
  if (scopes.includes("admin")) return;
  const needed = scope ?? (access === "admin" ? "admin" : null);
  if (needed !== null) {
    if (!scopes.includes(needed)) throw new AppError("forbidden", `The key lacks the scope ${needed}.`);
    return;
  }
  if (!readsOnly && scopesOfRole(viewer.role).some((one) => !scopes.includes(one))) {
    throw new AppError("forbidden", "A key limited to scopes cannot change this.");
  }
}
