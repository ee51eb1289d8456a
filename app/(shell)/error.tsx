"use client";

import { ErrorView } from "@/components/shell/error-view";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="py-8">
      <ErrorView digest={error.digest ?? null} onRetry={reset} />
    </div>
  );
}
