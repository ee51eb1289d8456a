"use client";

import { useLinkStatus } from "next/link";
import { Spinner } from "./spinner";

/** Inside a link: a spinner while the page that it leads to is on its way. */
export function LinkPending({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <>
      <Spinner className={className} />
      <span role="status" className="sr-only">
        Loading
      </span>
    </>
  );
}
