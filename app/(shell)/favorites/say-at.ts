import "server-only";
import { type Flash, setFlash } from "@/lib/http/flash";
import { toLocalPath } from "@/lib/http/local-path";

/** Leaves a message for the page at `next` and returns the address that shows it there. */
export async function sayAt(next: string, flash: Omit<Flash, "id" | "secret">): Promise<string> {
  const url = new URL(toLocalPath(next), "http://localhost");
  url.searchParams.set("said", await setFlash({ ...flash, secret: null }));
  return url.pathname + url.search + url.hash;
}
