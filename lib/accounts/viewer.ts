import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { hasUsers } from "@/lib/db/users";
import { getEdgeContext } from "@/lib/http/edge-context";
import { toLocalPath } from "@/lib/http/local-path";
import { PATH_HEADER } from "@/lib/http/security-headers";
import { authenticateSession } from "./authenticate-request";
import type { Viewer } from "./viewer-type";

/** Who looks at this page or sent this action; read from the database once per request. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  return authenticateSession(await headers(), getEdgeContext());
});

/** The signed-in viewer; a visitor is sent to sign in and back to `next`, or to the set-up while there is no account. */
export async function requireViewer(next?: string): Promise<Viewer> {
  const viewer = await findViewer();
  if (viewer) return viewer;
  if (!(await hasUsers(getEdgeContext().db.client))) redirect("/setup");
  const target = toLocalPath(next ?? (await headers()).get(PATH_HEADER));
  redirect(target === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(target)}`);
}

/** The signed-in admin. For a user who is none the page is not there. */
export async function requireAdmin(next?: string): Promise<Viewer> {
  const viewer = await requireViewer(next);
  if (viewer.role !== "admin") notFound();
  return viewer;
}
