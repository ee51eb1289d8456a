import { Skeleton } from "@/components/ui/skeleton";

const CARDS = Array.from({ length: 10 }, (_, index) => index);

export default function Loading() {
  return (
    <div role="status" aria-label="Your favorites are on their way">
      <Skeleton className="h-8 w-40" />
      <Skeleton className="mt-1.5 mb-6 h-5 w-24" />
      <Skeleton className="mb-5 h-11 w-full" />
      <Skeleton className="h-10 w-full" />
      <Skeleton className="mt-2 mb-6 h-7 w-20" />
      <Skeleton className="mb-4 h-19 w-full" />
      <div className="grid grid-cols-2 gap-x-4 gap-y-7 sm:grid-cols-3 md:grid-cols-4 lg:grid-cols-5">
        {CARDS.map((card) => (
          <div key={card}>
            <Skeleton className="aspect-2/3 w-full" />
            <Skeleton className="mt-2 h-5 w-4/5" />
            <Skeleton className="mt-1 h-4 w-3/5" />
            <Skeleton className="mt-2 h-5 w-2/5" />
          </div>
        ))}
      </div>
    </div>
  );
}
