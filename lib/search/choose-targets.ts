import { AppError } from "@/lib/errors";
import type { Provider } from "@/lib/providers/provider";
import { toKinds, toProviderKind } from "./search-kind";
import type { SearchRequest } from "./search-request";

export interface SearchTarget {
  provider: Provider;
  /** Why it is not even tried; null when it is. */
  skipped: string | null;
}

/**
 * Who is asked. Named providers: each must exist and be able to search (AppError bad_request names the others). Nobody named: of each kind
 * that has works of the wanted types, the searcher's default set, else all, without the ones that the searcher hides. No type wanted:
 * catalogues alone.
 */
export function chooseTargets(
  providers: readonly Provider[],
  {
    providers: named,
    viewer,
    filters,
  }: Pick<SearchRequest, "providers" | "viewer"> & {
    filters: Pick<SearchRequest["filters"], "types">;
  },
): SearchTarget[] {
  return (named ? pickNamed(providers, named) : pickUsual(providers, viewer, filters.types)).map((provider) => ({
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

function pickUsual(
  providers: readonly Provider[],
  viewer: SearchRequest["viewer"],
  types: SearchRequest["filters"]["types"],
): Provider[] {
  const offered = providers.filter(({ id, adapter }) => adapter.search && !viewer.hiddenProviders.includes(id));
  return toKinds(types).flatMap((kind) => {
    const usual = offered.filter(({ adapter }) => adapter.kind === toProviderKind(kind));
    const preferred = usual.filter(({ id }) => viewer.defaultProviders.includes(id));
    return preferred.length > 0 ? preferred : usual;
  });
}

function whySkipped(provider: Provider): string | null {
  if (!provider.initialized) return provider.message ?? "Not set up";
  if (!provider.enabled) return "Switched off under Providers";
  return null;
}
