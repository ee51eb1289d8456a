"use client";

import { ErrorView } from "@/components/shell/error-view";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main className="mx-auto max-w-page px-4 py-16 sm:px-6">
      <ErrorView digest={error.digest ?? null} onRetry={retry} />
    </main>
  );
}
