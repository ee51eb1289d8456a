import { ProviderError } from "./outcome";
import type { ProviderAdapter, SearchInput, SearchPage } from "./provider";

type Own = Pick<ProviderAdapter, "id" | "name" | "rate" | "check" | "defaultBaseUrl"> &
  Required<Pick<ProviderAdapter, "search" | "details" | "trustedHosts">> &
  Partial<ProviderAdapter>;

/** A work that every catalogue of manga has and ranks first by its name. */
export const CANARY: SearchInput & { title: string } = {
  title: "Berserk",
  text: "berserk",
  page: null,
  limit: 10,
  adult: true,
};

/** What the keyless public catalogues have in common, around what is an adapter's own. */
export function publicCatalogue(own: Own): ProviderAdapter {
  return {
    kind: "catalogue",
    multi: false,
    enabledByDefault: true,
    checkInterval: 60,
    configFields: [],
    async canary(context) {
      expectHit(await own.search(context, CANARY), CANARY.title);
    },
    cover: ({ http }, url) => http.image({ path: url }),
    ...own,
  };
}

/** What a canary ends with: throws `contract` unless a hit has exactly this title. */
export function expectHit({ items }: SearchPage, title: string): void {
  const wanted = title.toLowerCase();
  if (items.some(({ titles }) => titles.some(({ text }) => text.toLowerCase() === wanted))) return;
  throw new ProviderError({ class: "contract", message: `A search for “${title}” did not find it.` });
}
