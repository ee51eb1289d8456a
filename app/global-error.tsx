"use client";

import "./globals.css";
import { ErrorView } from "@/components/shell/error-view";

export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Yagura</title>
        <main className="mx-auto max-w-page px-4 py-16 sm:px-6">
          <ErrorView digest={error.digest ?? null} onRetry={retry} />
        </main>
      </body>
    </html>
  );
}
