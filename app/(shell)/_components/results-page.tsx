import { headers } from "next/headers";
import { SearchFilters } from "@/components/search/search-filters";
import { SearchForm } from "@/components/search/search-form";
import { SearchResults } from "@/components/search/search-results";
import { SearchTabs } from "@/components/search/search-tabs";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { formatClock } from "@/lib/format";
import type { ProviderHealth } from "@/lib/health/health-view";
import { restUntil } from "@/lib/health/rest-until";
import { toRequestId } from "@/lib/http/request-id";
import type { Provider } from "@/lib/providers/provider";
import { getRuntime } from "@/lib/runtime";
import { toProviderKind } from "@/lib/search/search-kind";
import type { SearchRequest } from "@/lib/search/search-request";
import {
  countFilters,
  parseSearchParams,
  type SearchPageParams,
  toApiQuery,
  toSearchHref,
  toTabHrefs,
  toWantedTypes,
} from "../search-params";
import { readFirstEvents } from "./read-first-events";

interface ResultsPageProps {
  viewer: Viewer;
  params: SearchPageParams;
}

/** One search: what is known at once, and where the rest will come from. */
export async function ResultsPage({ viewer, params: asked }: ResultsPageProps) {
  const { search, providers, health } = getRuntime();
  const searchable = providers.list().filter(({ adapter }) => adapter.search);
  // A provider that was removed since the address was saved is left out rather than an error.
  const known = asked.providers.filter((id) => searchable.some((provider) => provider.id === id));
  const params = { ...asked, providers: known };
  const request = toRequest(params, viewer, toRequestId(await headers()));
  const events = await readFirstEvents(search, request, {
    plain: params.plain,
    retry: searchable.some(({ id }) => id === params.retry) ? params.retry : null,
  });
  const bare = { ...parseSearchParams({ q: params.q, kind: params.kind }), plain: params.plain };
  const now = Date.now();
  const views = new Map(searchable.map(({ id }) => [id, health.view(id, viewer.timeZone)] as const));
  const offered = searchable
    .filter((provider) => isOffered(provider, params))
    .map(({ id, name }) => {
      const view = views.get(id);
      return { id, name, unwell: view && isUnwell(view) ? toUnwell(view, { timeZone: viewer.timeZone, now }) : null };
    });
  const plainHref = toSearchHref({ ...params, plain: true });

  return (
    <>
      <h1 className="sr-only">Results for {params.q}</h1>
      <SearchTabs current={params.kind} hrefs={toTabHrefs(params)} />
      <SearchForm query={params.q} kind={params.kind} autoFocus={false}>
        {params.plain ? <input type="hidden" name="plain" value="1" /> : null}
        <SearchFilters
          chosen={params}
          count={countFilters(params)}
          providers={offered}
          clearHref={toSearchHref(bare)}
        />
      </SearchForm>
      {params.plain ? null : (
        <noscript>
          <meta httpEquiv="refresh" content={`0;url=${plainHref}`} />
          <p className="mt-4">
            <a href={plainHref} className="link">
              Show the results without script
            </a>
          </p>
        </noscript>
      )}
      <SearchResults
        // Another search is another list: the old stream closes with the old one.
        key={toSearchHref(params)}
        query={params.q}
        kind={params.kind}
        options={{ filters: request.filters, titleLanguage: viewer.titleLanguage, showAdult: viewer.showAdult }}
        events={events}
        streamHref={params.plain ? null : `/api/v1/search/stream?${toApiQuery(params)}`}
        now={now}
        timeZone={viewer.timeZone}
        providerNames={Object.fromEntries(searchable.map(({ id, name }) => [id, name]))}
        unwell={toReasons(views)}
        hrefs={{
          self: toSearchHref(params),
          plainQuery: toSearchHref(bare),
          retry: `${plainHref}&retry=`,
          more: toSearchHref({ ...params, page: params.page + 1 }),
        }}
      />
    </>
  );
}

function toRequest(params: SearchPageParams, viewer: Viewer, requestId: string): SearchRequest {
  return {
    query: params.q,
    viewer,
    providers: params.providers.length > 0 ? params.providers : null,
    filters: {
      types: toWantedTypes(params),
      languages: params.languages,
      year: params.year,
      statuses: params.statuses,
      ratings: params.ratings,
    },
    page: params.page,
    waitMs: null,
    fresh: false,
    retry: false,
    remember: params.kind === "works" && params.plain && params.retry === null,
    requestId,
  };
}

/** Those that a search of the tab may ask, and others that the address names. */
function isOffered({ id, adapter }: Provider, { kind, providers }: SearchPageParams): boolean {
  return adapter.kind === toProviderKind(kind) || providers.includes(id);
}

/** Known not to be of use now: what was never asked is not said to be unwell. */
function isUnwell({ state }: ProviderHealth): boolean {
  return state !== "ACTIVE" && state !== "DEGRADED" && state !== "UNKNOWN" && state !== "TESTING";
}

function toUnwell(view: ProviderHealth, { timeZone, now }: { timeZone: string; now: number }) {
  const until = restUntil(view);
  return { state: view.state, until: until === null ? null : formatClock(until, timeZone, now) };
}

function toReasons(views: ReadonlyMap<string, ProviderHealth>): Record<string, string> {
  return Object.fromEntries([...views].flatMap(([id, view]) => (isUnwell(view) && view.why ? [[id, view.why]] : [])));
}
