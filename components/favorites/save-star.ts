export type SaveOutcome = "saved" | "signed_out" | "failed";

const DEADLINE_MS = 15_000;

/** Sets the star over the API. Never throws: a lost connection is "failed". */
export async function saveStar(titleId: string, isFavorite: boolean): Promise<SaveOutcome> {
  try {
    const response = await fetch(`/api/v1/favorites/${encodeURIComponent(titleId)}`, {
      method: isFavorite ? "PUT" : "DELETE",
      // Whoever stars and leaves the page at once keeps the star.
      keepalive: true,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.status === 401) return "signed_out";
    return response.ok ? "saved" : "failed";
  } catch {
    return "failed";
  }
}
