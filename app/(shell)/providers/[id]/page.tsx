import { History } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { toAudience, toHistorySource } from "@/app/api/v1/providers/known";
import { DecisionList } from "@/components/provider-page/decision-list";
import { LiveBadge } from "@/components/provider-page/live-badge";
import { LiveFigures } from "@/components/provider-page/live-figures";
import { LiveWhy } from "@/components/provider-page/live-why";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { requireViewer } from "@/lib/accounts/viewer";
import { formatDuration } from "@/lib/format";
import { knowProvider } from "@/lib/health/known-providers";
import { readChart } from "@/lib/health/read-chart";
import { readEvents } from "@/lib/health/read-events";
import { toCircuitCounts, toSummary } from "@/lib/health/summary";
import { toEvent } from "@/lib/health/to-event";
import { toStatusRow } from "@/lib/health/to-wire";
import { type Flash, findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import { connectionFields, thresholdFields, usageFields } from "../settings-fields";
import { HistorySection } from "./_components/history-section";
import { ProviderHeader } from "./_components/provider-header";
import { RemoveSection } from "./_components/remove-section";
import { SettingsForms } from "./_components/settings-forms";
import { ThresholdsForm } from "./_components/thresholds-form";
import { TrialResult } from "./_components/trial-result";
import { parsePageParams, toPageHref } from "./page-params";

const DECISIONS_A_PAGE = 20;
/** Enough to find what led to the present state. */
const REASONS_MAX = 50;

export async function generateMetadata({ params }: PageProps<"/providers/[id]">): Promise<Metadata> {
  await requireViewer();
  return { title: getRuntime().providers.find(decodeURIComponent((await params).id))?.name ?? "No such provider" };
}

export default async function ProviderPage({ params, searchParams }: PageProps<"/providers/[id]">) {
  const viewer = await requireViewer();
  const id = decodeURIComponent((await params).id);
  const raw = await searchParams;
  const { range, page, tried } = parsePageParams(raw);
  const runtime = getRuntime();
  const { providers, health, settings } = runtime;
  const provider = providers.find(id);
  if (!provider) notFound();
  const audience = toAudience(viewer);
  const { isAdmin, timeZone } = audience;
  const source = toHistorySource();
  const now = Date.now();
  const [flash, points, decisions, newest] = await Promise.all([
    findFlash(raw["said"]),
    readChart(source, { providerId: id, range, now }),
    readEvents(source, { providerId: id, page, limit: DECISIONS_A_PAGE }),
    readEvents(source, { providerId: id, page: 1, limit: REASONS_MAX }),
  ]);
  const known = knowProvider(runtime, id, audience);
  const row = toStatusRow(known);
  const snapshot = {
    at: new Date(now).toISOString(),
    self_online: health.selfOnline(),
    summary: toSummary([row.state]),
    circuits: toCircuitCounts([row.circuit.state]),
    providers: [row],
  };
  const live = { row, snapshot, timeZone, now };
  const events = decisions.events.map((event) => toEvent(event, isAdmin));
  const settingsProps = { providerId: id, range, flash };
  const thresholds = thresholdFields(provider, settings.health().thresholds);
  const instanceInterval = `every ${formatDuration(settings.health().checkIntervalMs)}`;

  return (
    <div className="flex flex-col gap-8">
      <div>
        <ProviderHeader
          provider={provider}
          health={known.health}
          isAdmin={isAdmin}
          range={range}
          badge={<LiveBadge {...live} />}
        />
        <div id="status" className="scroll-mt-20">
          <PageNotice flash={flash} />
        </div>
        <div className="flex flex-col gap-4">
          <LiveWhy {...live} events={newest.events.map((event) => toEvent(event, isAdmin))} />
          <LiveFigures row={row} snapshot={snapshot} />
        </div>
      </div>
      <HistorySection providerId={id} points={points} range={range} timeZone={timeZone} now={now} />
      <section aria-labelledby="decisions" className="scroll-mt-20">
        <h2 id="decisions" className="mb-4 text-lg">
          Decisions
        </h2>
        {events.length === 0 ? (
          <EmptyState icon={<History aria-hidden="true" />} title="Nothing was decided yet">
            Each change of its state is written down here, with its rule and its numbers.
          </EmptyState>
        ) : (
          <DecisionList events={events} name={provider.name} timeZone={timeZone} />
        )}
        <Pagination
          page={page}
          limit={DECISIONS_A_PAGE}
          total={decisions.total}
          toHref={(other) => toPageHref(id, { range, page: other }, "decisions")}
          noun="decisions"
        />
      </section>
      {isAdmin ? (
        <section aria-labelledby="settings" className="flex flex-col gap-6">
          <h2 id="settings" className="text-lg">
            Settings
          </h2>
          <SettingsForms
            {...settingsProps}
            connection={connectionFields(provider)}
            usage={usageFields(provider, instanceInterval)}
          />
          <ThresholdsForm {...settingsProps} fields={thresholds} tried={tried}>
            {tried ? <TrialResult provider={provider} fields={thresholds} tried={tried} /> : null}
          </ThresholdsForm>
          {provider.source === "admin" ? <RemoveSection provider={provider} /> : null}
        </section>
      ) : null}
    </div>
  );
}

/** What came of the buttons of the header, of adding, and of a removal that was refused. */
function PageNotice({ flash }: { flash: Flash | null }) {
  if (flash?.form !== "status" && flash?.form !== "providers") return null;
  return (
    <Notice tone={flash.ok ? "good" : "bad"} role={flash.ok ? "status" : "alert"} className="mb-4">
      {[flash.text, ...flash.errors.map(({ message }) => message)].join(" ")}
    </Notice>
  );
}
