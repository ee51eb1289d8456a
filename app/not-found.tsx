import { NotFoundView } from "@/components/shell/not-found-view";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-page px-4 py-16 sm:px-6">
      <NotFoundView />
    </main>
  );
}
