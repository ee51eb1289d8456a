import { BellOff } from "lucide-react";
import type { Metadata, Route } from "next";
import { AlertCard } from "@/components/alerts/alert-card";
import { toAlertView } from "@/components/alerts/alert-view";
import { toFiringSummary } from "@/components/alerts/alert-words";
import { LiveAlerts } from "@/components/alerts/live-alerts";
import { PastAlerts } from "@/components/alerts/past-alerts";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireViewer } from "@/lib/accounts/viewer";
import { findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import { Channels } from "./_components/channels";
import { acknowledgeAction, snoozeAction } from "./actions";
import { parseAlertsPage } from "./search-params";

const FIRING_MAX = 200;
const PAST = 20;

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const viewer = await requireViewer();
  const raw = await searchParams;
  const page = parseAlertsPage(raw["page"]);
  const { alerts, providers } = getRuntime();
  const [flash, firing, past] = await Promise.all([
    findFlash(raw["said"]),
    alerts.list({ state: "firing", page: 1, limit: FIRING_MAX }),
    alerts.list({ state: "resolved", page, limit: PAST }),
  ]);
  const isAdmin = viewer.role === "admin";
  const now = Date.now();
  const nameOf = (id: string) => providers.find(id)?.name ?? null;
  const toView = (alert: (typeof firing.alerts)[number]) =>
    toAlertView(alert, { isAdmin, timeZone: viewer.timeZone, now, nameOf });

  return (
    <>
      <PageHeader title="Alerts" description={toFiringSummary(alerts.countFiring())} />
      <LiveAlerts />
      <section id="firing" aria-labelledby="firing-title" className="scroll-mt-20">
        <h2 id="firing-title" className="mb-3 text-lg">
          Firing
        </h2>
        {flash?.form === "firing" ? (
          <Notice tone={flash.ok ? "good" : "bad"} role={flash.ok ? "status" : "alert"} className="mb-4">
            {flash.text}
          </Notice>
        ) : null}
        {firing.alerts.length > 0 ? (
          <ul className="flex flex-col gap-3">
            {firing.alerts.map((alert) => (
              <AlertCard
                key={alert.id}
                alert={toView(alert)}
                actions={isAdmin ? { acknowledge: acknowledgeAction, snooze: snoozeAction } : null}
              />
            ))}
          </ul>
        ) : (
          <EmptyState icon={<BellOff aria-hidden="true" />} title="All quiet" heading="h3">
            Yagura speaks up when a provider fails too often, slows down, goes down or needs new settings, when several
            fail at once, and when its own connection is gone.
          </EmptyState>
        )}
      </section>
      <section aria-labelledby="past-title" className="mt-10">
        <h2 id="past-title" className="mb-3 text-lg">
          Past
        </h2>
        {past.alerts.length > 0 ? (
          <>
            <PastAlerts alerts={past.alerts.map(toView)} />
            <Pagination
              page={page}
              limit={PAST}
              total={past.total}
              toHref={(to) => (to === 1 ? "/alerts" : `/alerts?page=${to}`) as Route}
              noun="past alerts"
            />
          </>
        ) : (
          <p className="text-ink-2">
            {past.total > 0 ? "The list ends before this page." : "What fired and is over is kept here for two years."}
          </p>
        )}
      </section>
      {isAdmin ? <Channels channels={await alerts.listChannels()} flash={flash} /> : null}
    </>
  );
}
