import { z } from "zod";
import { AppError } from "@/lib/errors";
import { toStatusRow } from "@/lib/health/to-wire";
import { providerStatusSchema } from "@/lib/health/wire";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { type ProviderPatch, providerPatchSchema } from "@/lib/providers/provider-patch";
import { getRuntime } from "@/lib/runtime";
import { providerParams as params, writeProviders } from "../../about";
import { findKnown } from "../../known";

const { enabled, check_interval, max_consecutive_failures } = providerPatchSchema.shape;

export const PATCH = route(
  {
    ...writeProviders,
    summary: "Switch a provider on or off, set its check interval and failure threshold",
    params,
    body: z.strictObject({ is_enabled: enabled, check_interval, max_consecutive_failures }),
    response: providerStatusSchema,
  },
  async ({ viewer, params: { id }, body: { is_enabled, ...rest } }) => {
    const patch: ProviderPatch = { ...rest, ...(is_enabled !== undefined && { enabled: is_enabled }) };
    await getRuntime().health.change(id, patch, viewer.email).catch(nameAsSent);
    return toStatusRow(findKnown(viewer, id));
  },
);

/** What the settings call `enabled` came as `is_enabled` here. */
function nameAsSent(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const errors = error.errors.map((field) => ({
    ...field,
    pointer: field.pointer.replace(/^\/enabled$/, "/is_enabled"),
  }));
  throw new AppError(error.code, error.message, { errors, cause: error });
}

export const { OPTIONS, GET, HEAD, POST, PUT, DELETE } = otherMethods({ PATCH });
