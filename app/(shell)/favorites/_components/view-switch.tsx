import { LayoutGrid, List, Rows3 } from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { type FavoritesParams, toFavoritesHref } from "../search-params";

const VIEWS = [
  { view: "grid", label: "Grid", icon: LayoutGrid },
  { view: "list", label: "List", icon: Rows3 },
  { view: "compact", label: "Compact", icon: List },
] as const;

export function ViewSwitch({ params }: { params: FavoritesParams }) {
  return (
    <nav aria-label="View" className="flex rounded-md border border-line p-0.5">
      {VIEWS.map(({ view, label, icon: Icon }) => {
        const current = params.view === view;
        return (
          <Link
            key={view}
            href={toFavoritesHref(params, { view, page: params.page })}
            aria-current={current ? "true" : undefined}
            aria-label={label}
            title={label}
            className={classNames(
              "touch grid size-8 place-items-center rounded-sm",
              current ? "bg-surface-3 text-ink-1" : "text-ink-2 hover:text-ink-1",
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
          </Link>
        );
      })}
    </nav>
  );
}
