import { AppError } from "@/lib/errors";
import type { Provider } from "@/lib/providers/provider";
import type { SearchRequest } from "./search-request";

export interface SearchTarget {
  provider: Provider;
  /** Why it is not even tried; null when it is. */
  skipped: string | null;
}

/**
 * Who is asked. Named providers: each must exist and be able to search (AppError bad_request names the others). Nobody named: the
 * searcher's default set, else all catalogues, without the ones that the searcher hides.
 */
export function chooseTargets(
  providers: readonly Provider[],
  { providers: named, viewer }: Pick<SearchRequest, "providers" | "viewer">,
): SearchTarget[] {
  return (named ? pickNamed(providers, named) : pickUsual(providers, viewer)).map((provider) => ({
    provider,
    skipped: whySkipped(provider),
  }));
}

function pickNamed(providers: readonly Provider[], named: readonly string[]): Provider[] {
  const chosen: Provider[] = [];
  const problems: string[] = [];
  for (const id of new Set(named)) {
    const provider = providers.find((candidate) => candidate.id === id);
    if (!provider) problems.push(`There is no provider "${id}".`);
    else if (!provider.adapter.search) problems.push(`${provider.name} (${id}) cannot search.`);
    else chosen.push(provider);
  }
  if (problems.length > 0) {
    throw new AppError("bad_request", problems.join(" "), {
      errors: problems.map((message) => ({ pointer: "?providers", message, code: "unknown_provider" })),
    });
  }
  return chosen;
}

function pickUsual(providers: readonly Provider[], viewer: SearchRequest["viewer"]): Provider[] {
  const usual = providers.filter(
    ({ id, adapter }) => adapter.kind === "catalogue" && adapter.search && !viewer.hiddenProviders.includes(id),
  );
  const preferred = usual.filter(({ id }) => viewer.defaultProviders.includes(id));
  return preferred.length > 0 ? preferred : usual;
}

function whySkipped(provider: Provider): string | null {
  if (!provider.enabled) return "Switched off by an admin";
  if (!provider.initialized) return provider.message ?? "Not set up";
  return null;
}
