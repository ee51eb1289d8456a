"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAlertNews } from "./use-alert-news";

/** Keeps the page as it is now, and says once what has changed. */
export function LiveAlerts() {
  const router = useRouter();
  const [opened] = useState(() => Date.now());
  const [newest] = useAlertNews(() => router.refresh());
  const isNew = newest !== undefined && Date.parse(newest.resolved_at ?? newest.started_at) >= opened;
  return (
    <p aria-live="polite" className="sr-only">
      {isNew ? `${newest.state === "resolved" ? "Over: " : "New alert: "}${newest.text}` : ""}
    </p>
  );
}
