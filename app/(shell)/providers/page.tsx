import { RadioTower } from "lucide-react";
import type { Metadata } from "next";
import type { ProviderActions } from "@/components/providers/provider-row";
import { parseProviderSort } from "@/components/providers/provider-sort";
import { ProvidersBoard } from "@/components/providers/providers-board";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/accounts/viewer";
import { formatDuration } from "@/lib/format";
import { readLastDay } from "@/lib/health/last-day";
import { findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import {
  disableProviderAction,
  disableProviderNow,
  enableProviderAction,
  enableProviderNow,
  saveProviderAction,
  saveProviderNow,
  testProviderAction,
  testProviderNow,
  testProvidersAction,
  testProvidersNow,
} from "./actions";

export const metadata: Metadata = { title: "Providers" };

const SECOND_MS = 1000;

const FOR_ALL = { test: { form: testProviderAction, now: testProviderNow } } as const;
const FOR_ADMINS: ProviderActions = {
  ...FOR_ALL,
  testMany: { form: testProvidersAction, now: testProvidersNow },
  enable: { form: enableProviderAction, now: enableProviderNow },
  disable: { form: disableProviderAction, now: disableProviderNow },
  save: { form: saveProviderAction, now: saveProviderNow },
};
const FOR_USERS: ProviderActions = { ...FOR_ALL, testMany: null, enable: null, disable: null, save: null };

export default async function ProvidersPage({ searchParams }: PageProps<"/providers">) {
  const viewer = await requireViewer();
  const { said, sort } = await searchParams;
  const { db, env, health, live, providers } = getRuntime();
  const isAdmin = viewer.role === "admin";
  const { timeZone } = viewer;
  const [flash, days] = await Promise.all([
    findFlash(said),
    readLastDay({ client: db.client, unwritten: health.unwritten }, Date.now()),
  ]);
  const facts = providers.list().map(({ id, adapter, initialized, priority, locked }) => ({
    id,
    kind: adapter.kind,
    initialized,
    priority,
    locked: [...locked],
  }));
  const notice =
    flash?.form === "providers" ? (
      <Notice tone={flash.ok ? "good" : "bad"} role={flash.ok ? "status" : "alert"} className="mb-5">
        {[flash.text, ...flash.errors.map(({ message }) => message)].join(" ")}
      </Notice>
    ) : null;

  if (facts.length === 0) {
    return (
      <>
        <PageHeader title="Providers" />
        <EmptyState icon={<RadioTower aria-hidden="true" />} title="No providers">
          This build knows no provider. An admin can add a catalogue of one's own.
        </EmptyState>
      </>
    );
  }
  return (
    <ProvidersBoard
      snapshot={live.snapshot({ isAdmin, timeZone })}
      facts={facts}
      days={Object.fromEntries(days)}
      sort={parseProviderSort(sort)}
      timeZone={timeZone}
      actions={isAdmin ? FOR_ADMINS : FOR_USERS}
      instanceInterval={`every ${formatDuration(env.HEALTH_CHECK_INTERVAL_SECONDS * SECOND_MS)}`}
      notice={
        <div id="providers" className="scroll-mt-20">
          {notice}
        </div>
      }
    />
  );
}
