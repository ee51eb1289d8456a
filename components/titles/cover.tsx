import { classNames } from "@/components/ui/class-names";
import { DrawnCover } from "./drawn-cover";

/** Widths that the cover proxy cuts. */
const WIDTHS = [160, 320, 640] as const;

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
  className?: string;
}

/** A cover, 2:3, over its drawn placeholder; the title stands beside it, so that it is silent. */
export function Cover({ titleId, title, lang, hasPicture, width, eager = false, className }: CoverProps) {
  const at = (pixels: number) => `/api/v1/titles/${encodeURIComponent(titleId)}/cover?w=${pixels}`;
  return (
    <span className={classNames("@container relative block aspect-2/3 shrink-0 overflow-hidden rounded-sm", className)}>
      <DrawnCover title={title} lang={lang} />
      {hasPicture ? (
        // biome-ignore lint/performance/noImgElement: our own proxy already resizes and caches
        <img
          src={at(WIDTHS[0])}
          srcSet={WIDTHS.map((pixels) => `${at(pixels)} ${pixels}w`).join(", ")}
          sizes={`${width}px`}
          width={width}
          height={width * 1.5}
          alt=""
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          className="absolute inset-0 size-full object-cover"
        />
      ) : null}
    </span>
  );
}
