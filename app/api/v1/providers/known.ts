import type { Viewer } from "@/lib/accounts/viewer-type";
import { type Audience, knowProvider, knowProviders } from "@/lib/health/known-providers";
import type { HistorySource } from "@/lib/health/read-rollups";
import type { KnownProvider } from "@/lib/health/to-wire";
import { getRuntime } from "@/lib/runtime";

export function toAudience({ role, timeZone }: Viewer): Audience {
  return { isAdmin: role === "admin", timeZone };
}

/** One provider as this viewer may know it. Throws `AppError` not_found. */
export function findKnown(viewer: Viewer, id: string): KnownProvider {
  return knowProvider(getRuntime(), id, toAudience(viewer));
}

export function listKnown(viewer: Viewer): KnownProvider[] {
  return knowProviders(getRuntime(), toAudience(viewer));
}

export function toHistorySource(): HistorySource {
  const { db, health } = getRuntime();
  return { client: db.client, unwritten: health.unwritten };
}
