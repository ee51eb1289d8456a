"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";

interface ErrorViewProps {
  /** The reference under which the server's log has the cause. */
  digest: string | null;
  onRetry: () => void;
}

export function ErrorView({ digest, onRetry }: ErrorViewProps) {
  return (
    <EmptyState
      icon={<TriangleAlert aria-hidden="true" className="text-attention" />}
      heading="h1"
      title="This page could not be made"
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
          <a href="/" className={buttonClass()}>
            To the search
          </a>
        </>
      }
    >
      <p role="alert">Something went wrong on our side, not on yours. Nothing that you saved is lost.</p>
      {digest ? (
        <p className="mt-2 text-xs">
          If it stays, tell your admin this reference: <code className="select-all font-mono">{digest}</code>
        </p>
      ) : null}
    </EmptyState>
  );
}
