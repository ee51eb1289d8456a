import { classNames } from "@/components/ui/class-names";
import { CoverPicture } from "./cover-picture";
import { DrawnCover } from "./drawn-cover";

interface CoverProps {
  titleId: string;
  title: string;
  lang?: string | undefined;
  /** False when no provider has a picture: nothing is asked for then. */
  hasPicture: boolean;
  /** The width it is shown at, in CSS pixels. */
  width: number;
  /** Above the fold: loaded at once. */
  eager?: boolean;
  /** Of the drawn placeholder. */
  mark?: string | null;
  className?: string;
}

/** A cover, 2:3, over its drawn placeholder; the title stands beside it, so that it is silent. */
export function Cover({ titleId, title, lang, hasPicture, width, eager = false, mark = null, className }: CoverProps) {
  return (
    <span className={classNames("@container relative block aspect-2/3 shrink-0 overflow-hidden rounded-sm", className)}>
      <DrawnCover title={title} lang={lang} mark={mark} />
      {hasPicture ? <CoverPicture titleId={titleId} width={width} eager={eager} /> : null}
    </span>
  );
}
