import { Skeleton } from "@/components/ui/skeleton";

/** The shape of cards to come, at their size. */
export function ResultSkeletons({ count = 6 }: { count?: number }) {
  return (
    <ul aria-hidden="true" className="grid gap-3 lg:grid-cols-2">
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
        <li key={place} className="flex gap-4 rounded-lg border border-line bg-surface-2 p-3">
          <Skeleton className="aspect-2/3 w-20 rounded-sm sm:w-26" />
          <div className="flex flex-1 flex-col gap-2.5 pt-1.5">
            <Skeleton className="h-4 w-3/5" />
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="mt-1 h-5 w-1/2" />
          </div>
        </li>
      ))}
    </ul>
  );
}
