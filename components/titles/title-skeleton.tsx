import { Skeleton } from "@/components/ui/skeleton";

/** The title page at its size, while its providers are asked for details. */
export function TitleSkeleton() {
  return (
    <div
      role="status"
      aria-label="The title is on its way"
      className="grid gap-x-8 gap-y-6 sm:grid-cols-[200px_minmax(0,1fr)] lg:grid-cols-[240px_minmax(0,1fr)]"
    >
      <Skeleton className="mx-auto aspect-2/3 w-40 sm:w-full" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-11 w-3/5" />
        <Skeleton className="h-6 w-2/5" />
        <Skeleton className="h-10 w-4/5" />
        <Skeleton className="mt-3 h-32 w-full max-w-prose" />
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  );
}
