import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import { FavoriteFields } from "./favorite-fields";

export interface FavoriteMessage {
  ok: boolean;
  text: string;
  errors: readonly { pointer: string; message: string }[];
}

interface FavoritePanelProps {
  /** Null when the user has no word on this title yet. */
  favorite: FavoriteView | null;
  knownTags: readonly string[];
  /** Saves the form's fields; gets `titleId` and `next` too. */
  save: (form: FormData) => Promise<void>;
  /** The path of this page, to come back to. */
  next: string;
  /** What came of the last save. */
  message: FavoriteMessage | null;
}

/** What the user says of a title: custom title, rating, status, progress, tags, notes. A plain form. */
export function FavoritePanel({ favorite, knownTags, save, next, message }: FavoritePanelProps) {
  const errorOf = (field: string) => message?.errors.find(({ pointer }) => pointer === field)?.message ?? null;
  return (
    <Card as="section" id="favorite" aria-labelledby="favorite-title" className="scroll-mt-20">
      <h2 id="favorite-title" className="text-lg">
        Yours
      </h2>
      {message ? (
        <Notice tone={message.ok ? "good" : "bad"} role={message.ok ? "status" : "alert"} className="mt-3">
          {message.text}
        </Notice>
      ) : null}
      {favorite ? (
        <form action={save} className="mt-4">
          <input type="hidden" name="titleId" value={favorite.titleId} />
          <input type="hidden" name="next" value={next} />
          <FavoriteFields
            // What was saved elsewhere in the meantime shows, although the fields keep their own state.
            key={JSON.stringify(favorite)}
            favorite={favorite}
            knownTags={knownTags}
            errorOf={errorOf}
          />
          <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button type="submit" variant="primary">
              Save
            </Button>
            {favorite.isFavorite ? null : (
              <p className="text-ink-2 text-xs">Not among your favorites; what you wrote is kept all the same.</p>
            )}
          </div>
        </form>
      ) : (
        <p className="mt-2 text-ink-2">Star the title to give it a rating, a status, tags and notes of your own.</p>
      )}
    </Card>
  );
}
