import { AppError } from "@/lib/errors";
import { toThresholds } from "@/lib/health/engine/thresholds";
import type { Thresholds } from "@/lib/health/engine/types";
import type { Provider } from "@/lib/providers/provider";
import type { ProviderPatch } from "@/lib/providers/provider-patch";
import { THRESHOLD_FIELDS } from "../settings-fields";

/** The thresholds that would hold with a patch. Throws `AppError` bad_request where two of them do not go together. */
export function readTriedThresholds(provider: Provider, instance: Thresholds, patch: ProviderPatch): Thresholds {
  const own = { ...provider.thresholds };
  for (const { name, key } of THRESHOLD_FIELDS) {
    const value = patch[name];
    if (value !== undefined) own[key] = value;
  }
  const tried = toThresholds(own, instance);
  if (tried.circuitMinRequests > tried.circuitWindow) {
    const message = `It needs ${tried.circuitMinRequests} calls and looks at ${tried.circuitWindow} only: it would never rest by its share of failures.`;
    const errors = [{ pointer: "/circuit_min_requests", message, code: "custom" }];
    throw new AppError("bad_request", "The thresholds do not go together.", { errors });
  }
  return tried;
}
