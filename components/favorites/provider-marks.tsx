import { CircleSlash } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { StatusMark } from "@/components/ui/status-mark";
import type { FavoriteProvider } from "@/lib/favorites/favorite-view";

/** Who has the work, and how each of them is now. Icons alone: the name stands beside it, readers hear the word. */
export function ProviderMarks({ providers }: { providers: readonly FavoriteProvider[] }) {
  return (
    <ul aria-label="Found at" className="flex flex-wrap gap-1.5">
      {providers.map(({ id, name, state }) => (
        <li key={id} className="flex min-w-0">
          <Badge className={state === "ACTIVE" ? "" : "bg-surface-3"}>
            {state === null ? (
              <>
                <CircleSlash aria-hidden="true" className="text-signal-off" />
                <span className="sr-only">no longer set up:</span>
              </>
            ) : (
              <StatusMark state={state} iconOnly />
            )}
            <span className="truncate">{name}</span>
          </Badge>
        </li>
      ))}
    </ul>
  );
}
