import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { authenticateSession } from "@/lib/accounts/authenticate-request";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { AppError, type FieldError } from "@/lib/errors";
import { toClientAddress } from "./client-address";
import { getEdgeContext } from "./edge-context";
import { toFieldErrors } from "./field-errors";
import { toRequestId } from "./request-id";
import { isSameOrigin } from "./same-origin";

export interface ActionFailure {
  title: string;
  /** `pointer` is the field's name. */
  errors: readonly FieldError[];
}

export type ActionResult<Value> = { ok: true; value: Value } | { ok: false; error: ActionFailure };

export interface ActionInput<Access extends "public" | "user" | "admin", Schema extends z.ZodType> {
  viewer: Access extends "public" ? Viewer | null : Viewer;
  input: z.infer<Schema>;
  /** The client's address, "unknown" at worst. */
  address: string;
}

/**
 * A server action over a form. An action is a public POST: the origin is checked, the viewer read anew, the fields parsed. What
 * an AppError says reaches the person; of all else only that it failed, with the reference that is in the log.
 * Fields that come several times (checkboxes, selects) arrive as arrays: see `form-fields.ts`.
 */
export function action<const Access extends "public" | "user" | "admin", Schema extends z.ZodType, Value>(
  definition: { access: Access; input: Schema },
  handle: (input: ActionInput<Access, Schema>) => Promise<Value>,
): (formData: FormData) => Promise<ActionResult<Value>> {
  return async (formData) => {
    const edge = getEdgeContext();
    const requestHeaders = await headers();
    const requestId = toRequestId(requestHeaders);
    try {
      const rules = { trustedProxies: edge.env.TRUSTED_PROXIES, publicUrl: edge.env.NEXTAUTH_URL };
      if (!isSameOrigin(requestHeaders, rules)) throw new AppError("forbidden", "The request comes from another site.");
      const viewer = await authenticateSession(requestHeaders, edge);
      assertAccess(viewer, definition.access);
      const parsed = definition.input.safeParse(toFields(formData));
      if (!parsed.success) {
        const errors = toFieldErrors(parsed.error.issues, "form");
        throw new AppError("bad_request", "Please check the form.", { errors });
      }
      // Safe because `assertAccess` lets null pass only where access is public.
      const input = {
        viewer,
        input: parsed.data,
        address: toClientAddress(requestHeaders, edge.env.TRUSTED_PROXIES),
      } as ActionInput<Access, Schema>;
      return { ok: true, value: await handle(input) };
    } catch (error) {
      // redirect() and notFound() are thrown; they are Next's to catch.
      unstable_rethrow(error);
      if (error instanceof AppError) return { ok: false, error: { title: error.message, errors: error.errors } };
      edge.log.error({ event: "action.failed", err: error, request_id: requestId }, "an action failed");
      return { ok: false, error: { title: `Something went wrong. Reference: ${requestId}`, errors: [] } };
    }
  };
}

function assertAccess(viewer: Viewer | null, access: "public" | "user" | "admin"): void {
  if (access === "public") return;
  if (!viewer) throw new AppError("unauthenticated", "You are not signed in any more. Sign in and try again.");
  if (access === "admin" && viewer.role !== "admin") throw new AppError("forbidden", "This is for admins.");
}

function toFields(formData: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  const fields: Record<string, FormDataEntryValue | FormDataEntryValue[]> = {};
  for (const name of new Set(formData.keys())) {
    // Next's own hidden fields, in forms sent without JavaScript.
    if (name.startsWith("$ACTION_")) continue;
    const values = formData.getAll(name);
    fields[name] = values.length === 1 && values[0] !== undefined ? values[0] : values;
  }
  return fields;
}
