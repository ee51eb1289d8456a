"use client";

import { ErrorView } from "@/components/shell/error-view";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div className="py-8">
      <ErrorView digest={error.digest ?? null} onRetry={retry} />
    </div>
  );
}
