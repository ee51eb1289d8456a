import { Star } from "lucide-react";

/** A rating of 0–5 in halves as a figure with its star. Unrated is shown by leaving it out: it is not 0. */
export function RatingMark({ rating }: { rating: number }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <Star aria-hidden="true" className="size-3.5 shrink-0 text-attention" fill="currentColor" />
      <span className="sr-only">Rated</span> {rating.toFixed(1)}
      <span className="sr-only">of 5</span>
    </span>
  );
}
