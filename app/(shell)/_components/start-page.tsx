import { KIND_WORDS } from "@/components/search/kind-words";
import { LatestFavorites } from "@/components/search/latest-favorites";
import { Lookout } from "@/components/search/lookout";
import { RecentSearches } from "@/components/search/recent-searches";
import { SearchForm } from "@/components/search/search-form";
import { SearchTabs } from "@/components/search/search-tabs";
import { SearchWelcome } from "@/components/search/search-welcome";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { listFavorites, NO_FILTER } from "@/lib/db/favorite-list";
import { listSearches } from "@/lib/db/search-history";
import { getRuntime } from "@/lib/runtime";
import { pickTitle } from "@/lib/search/card";
import { chooseTargets } from "@/lib/search/choose-targets";
import type { SearchKind } from "@/lib/search/search-kind";
import { typesOf } from "@/lib/search/search-kind";
import { forgetSearchesAction } from "../actions";
import { toTabHrefs } from "../search-params";

const SEARCHES = 6;
const FAVORITES = 5;

/** Before the first query: the box, the way back to what was looked for, and the newest favorites. */
export async function StartPage({ viewer, kind }: { viewer: Viewer; kind: SearchKind }) {
  const { db, providers } = getRuntime();
  const [searches, { favorites }] = await Promise.all([
    listSearches(db.client, { viewerId: viewer.id, limit: SEARCHES }),
    listFavorites(db.client, {
      viewerId: viewer.id,
      filter: NO_FILTER,
      sort: { key: "created", descending: true },
      page: 1,
      limit: FAVORITES,
    }),
  ]);
  const tiles = favorites.map(({ titleId, customTitle, title }) => ({
    titleId,
    title: customTitle ?? (pickTitle([title], viewer.titleLanguage) || title.title),
    titles: title.titles,
    hasCover: title.hasCover,
  }));
  const asked = chooseTargets(providers.list(), {
    providers: null,
    viewer,
    filters: { types: typesOf(kind) },
  }).filter(({ skipped }) => skipped === null);

  return (
    <>
      <div className="flex items-end justify-between gap-6 pt-4">
        <h1 className="mb-5 text-xl sm:text-2xl">{KIND_WORDS[kind].heading}</h1>
        <Lookout className="mr-28 hidden h-33 shrink-0 lg:block" />
      </div>
      <SearchTabs current={kind} hrefs={toTabHrefs({ q: "", plain: false })} />
      <SearchForm query="" kind={kind} autoFocus />
      {kind !== "works" || (searches.length === 0 && tiles.length === 0) ? (
        <div className="mt-10">
          <SearchWelcome kind={kind} providers={asked.map(({ provider }) => provider.name)} />
        </div>
      ) : (
        <div className="mt-10 grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
          {searches.length > 0 ? (
            <RecentSearches
              searches={searches.map(({ query, searchedAt }) => ({ query, searchedAt: searchedAt.getTime() }))}
              now={Date.now()}
              forget={forgetSearchesAction}
            />
          ) : null}
          {tiles.length > 0 ? <LatestFavorites favorites={tiles} /> : null}
        </div>
      )}
    </>
  );
}
