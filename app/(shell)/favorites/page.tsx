import { Star } from "lucide-react";
import type { Metadata } from "next";
import { getFavoriteContext, listProviderConditions } from "@/app/api/v1/favorites/favorite-parts";
import { BulkBar } from "@/components/favorites/bulk-bar";
import { FavoriteFilters } from "@/components/favorites/favorite-filters";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireViewer } from "@/lib/accounts/viewer";
import { listTags } from "@/lib/db/tags";
import { listFavorites } from "@/lib/favorites/list-favorites";
import { formatNoun } from "@/lib/format";
import { findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import { BulkNotice } from "./_components/bulk-notice";
import { FavoriteList } from "./_components/favorite-list";
import { FavoriteTabs } from "./_components/favorite-tabs";
import { ViewSwitch } from "./_components/view-switch";
import { changeManyAction } from "./actions";
import { countFilters, parseFavoritesParams, toFavoritesHref, toFavoritesQuery } from "./search-params";
import { toViews } from "./to-views";

const LIMIT = 48;

export const metadata: Metadata = { title: "Favorites" };

export default async function FavoritesPage({ searchParams }: PageProps<"/favorites">) {
  const viewer = await requireViewer();
  const raw = await searchParams;
  const params = parseFavoritesParams(raw);
  const context = getFavoriteContext();
  const [flash, tags, { favorites, total }] = await Promise.all([
    findFlash(raw["said"]),
    listTags(context.client, { viewerId: viewer.id }),
    listFavorites(context, {
      viewerId: viewer.id,
      query: { ...params, limit: LIMIT },
      providers: listProviderConditions(),
    }),
  ]);
  const views = toViews(favorites, viewer);
  const self = toFavoritesHref(params, { page: params.page });
  const filters = countFilters(params);
  const bare = parseFavoritesParams({ is_favorite: String(params.is_favorite), view: params.view });
  const providers = getRuntime()
    .providers.list()
    .filter(({ adapter }) => adapter.search);

  return (
    <div className="group/favorites">
      <PageHeader
        title="Favorites"
        description={formatNoun(total, params.is_favorite ? "favorite" : "unstarred title")}
        actions={<ViewSwitch params={params} />}
      />
      <FavoriteTabs params={params} />
      <BulkNotice flash={flash} next={self} />
      <FavoriteFilters
        // A form keeps what was typed; another address is another form.
        key={toFavoritesQuery(params)}
        chosen={params}
        count={filters}
        tags={tags}
        providers={providers.map(({ id, name }) => ({ id, name }))}
        clearHref={toFavoritesHref(bare)}
        kept={
          <>
            {params.is_favorite ? null : <input type="hidden" name="is_favorite" value="false" />}
            {params.view === "grid" ? null : <input type="hidden" name="view" value={params.view} />}
          </>
        }
      />
      {views.length > 0 ? (
        <>
          <BulkBar
            key={self}
            starred={params.is_favorite}
            total={total}
            filter={toFavoritesQuery(params)}
            next={self}
            change={changeManyAction}
          />
          <FavoriteList favorites={views} view={params.view} next={self} />
          <Pagination
            page={params.page}
            limit={LIMIT}
            total={total}
            toHref={(page) => toFavoritesHref(params, { page })}
            noun={params.is_favorite ? "favorites" : "unstarred titles"}
          />
        </>
      ) : (
        <Emptiness
          total={total}
          filtered={filters > 0 || params.q !== ""}
          starred={params.is_favorite}
          bareHref={toFavoritesHref(bare)}
        />
      )}
    </div>
  );
}

function Emptiness(props: {
  total: number;
  filtered: boolean;
  starred: boolean;
  bareHref: ReturnType<typeof toFavoritesHref>;
}) {
  const icon = <Star aria-hidden="true" />;
  const back = (label: string) => <ButtonLink href={props.bareHref}>{label}</ButtonLink>;
  if (props.total > 0) {
    return (
      <EmptyState icon={icon} title="The list ends before this page" actions={back("To the first page")}>
        It has {formatNoun(props.total, "title")}.
      </EmptyState>
    );
  }
  if (props.filtered) {
    return (
      <EmptyState icon={icon} title="Nothing matches" actions={back("Clear the filters")}>
        None of your {props.starred ? "favorites" : "unstarred titles"} fits the text and all of the filters at once.
      </EmptyState>
    );
  }
  if (!props.starred) {
    return (
      <EmptyState icon={icon} title="Nothing unstarred">
        A title that you take off your favorites stays here with its rating and notes, until you star it again or delete
        it.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title="No favorites yet"
      actions={
        <ButtonLink href="/" variant="primary">
          Search for a title
        </ButtonLink>
      }
    >
      Star a title in a search or on its page. It is kept here with your rating, tags and notes, also while its
      providers are down.
    </EmptyState>
  );
}
