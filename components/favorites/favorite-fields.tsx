import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { FavoriteView } from "@/lib/favorites/favorite-view";
import { READING_STATUSES } from "@/lib/favorites/reading-status";
import { RATINGS, READING_WORDS } from "./favorite-words";

type Fields = Pick<
  FavoriteView,
  "customTitle" | "rating" | "notes" | "tags" | "readingStatus" | "progress" | "title" | "ownTitle"
>;

interface FavoriteFieldsProps {
  favorite: Fields;
  /** Tags in use, to choose from. */
  knownTags: readonly string[];
  /** What was wrong with a field of the last try, by its name. */
  errorOf: (field: string) => string | null;
}

/** What a user may say of a favorite, as fields of a form. */
export function FavoriteFields({ favorite, knownTags, errorOf }: FavoriteFieldsProps) {
  const { customTitle, rating, notes, tags, readingStatus, progress } = favorite;
  const control = (name: string, hint?: string) => ({
    ...fieldControl(name, { hint, error: errorOf(name) }),
    name,
  });
  const titleHint = "Shown instead of the work's own; both are found.";
  const tagsHint = "Separated by commas.";
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field
        label="Your title"
        id="custom_title"
        hint={titleHint}
        error={errorOf("custom_title")}
        className="sm:col-span-3"
      >
        <Input
          {...control("custom_title", titleHint)}
          defaultValue={customTitle ?? ""}
          placeholder={favorite.ownTitle ?? favorite.title}
          maxLength={500}
        />
      </Field>
      <Field label="Rating" id="rating" error={errorOf("rating")}>
        <Select {...control("rating")} defaultValue={rating ?? ""}>
          <option value="">Not rated</option>
          {RATINGS.map((stars) => (
            <option key={stars} value={stars}>
              {stars.toFixed(1)} of 5
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Status" id="reading_status" error={errorOf("reading_status")}>
        <Select {...control("reading_status")} defaultValue={readingStatus ?? ""}>
          <option value="">None</option>
          {READING_STATUSES.map((status) => (
            <option key={status} value={status}>
              {READING_WORDS[status]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Chapters read" id="progress" error={errorOf("progress")}>
        <Input
          {...control("progress")}
          type="number"
          inputMode="numeric"
          min={0}
          max={1_000_000}
          step={1}
          defaultValue={progress ?? ""}
        />
      </Field>
      <Field label="Tags" id="tags" hint={tagsHint} error={errorOf("tags")} className="sm:col-span-3">
        <Input {...control("tags", tagsHint)} defaultValue={tags.join(", ")} list="known-tags" autoComplete="off" />
        <datalist id="known-tags">
          {knownTags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </Field>
      <Field label="Notes" id="notes" error={errorOf("notes")} className="sm:col-span-3">
        <Textarea {...control("notes")} rows={6} maxLength={100_000} defaultValue={notes ?? ""} />
      </Field>
    </div>
  );
}
