import { RadioTower } from "lucide-react";
import type { Metadata } from "next";
import { ProviderCards } from "@/components/providers/provider-cards";
import type { ProviderActions } from "@/components/providers/provider-row";
import { ProviderSettings } from "@/components/providers/provider-settings";
import { ProviderTable } from "@/components/providers/provider-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/accounts/viewer";
import { formatDuration, formatNoun } from "@/lib/format";
import { knowProviders } from "@/lib/health/known-providers";
import { readSuccessShares } from "@/lib/health/read-rollups";
import { findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import {
  disableProviderAction,
  enableProviderAction,
  saveProviderAction,
  testProviderAction,
  testProvidersAction,
} from "./actions";
import { toRow } from "./to-row";

export const metadata: Metadata = { title: "Providers" };

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

export default async function ProvidersPage({ searchParams }: PageProps<"/providers">) {
  const viewer = await requireViewer();
  const { said } = await searchParams;
  const runtime = getRuntime();
  const now = Date.now();
  const isAdmin = viewer.role === "admin";
  const { timeZone } = viewer;
  const [flash, shares] = await Promise.all([
    findFlash(said),
    readSuccessShares({ client: runtime.db.client, unwritten: runtime.health.unwritten }, { since: now - DAY_MS, now }),
  ]);
  const known = knowProviders(runtime, { isAdmin, timeZone });
  const rows = known.map((one) => toRow(one, { share: shares.get(one.provider.id), timeZone, now }));
  const used = known.filter(({ provider }) => provider.enabled);
  const up = used.filter(({ health }) => health.healthy).length;
  const actions: ProviderActions = {
    test: testProviderAction,
    enable: isAdmin ? enableProviderAction : null,
    disable: isAdmin ? disableProviderAction : null,
    save: isAdmin ? saveProviderAction : null,
  };

  return (
    <>
      <PageHeader
        title="Providers"
        description={`Every search and every check counts. ${up} of ${formatNoun(used.length, "provider")} in use ${up === 1 ? "is" : "are"} up.`}
        actions={isAdmin && used.length > 0 ? <TestForm /> : null}
      />
      <div id="providers" className="scroll-mt-20">
        {flash?.form === "providers" ? (
          <Notice tone={flash.ok ? "good" : "bad"} role={flash.ok ? "status" : "alert"} className="mb-5">
            {[flash.text, ...flash.errors.map(({ message }) => message)].join(" ")}
          </Notice>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={<RadioTower aria-hidden="true" />} title="No providers">
          This build knows no provider. An admin can add a catalogue of one's own.
        </EmptyState>
      ) : (
        <>
          <div className="hidden lg:block">
            <ProviderTable rows={rows} actions={actions} />
          </div>
          <div className="lg:hidden">
            <ProviderCards rows={rows} actions={actions} />
          </div>
          {rows.map((row) => (
            <ProviderSettings
              key={row.id}
              row={row}
              actions={actions}
              instanceInterval={`every ${formatDuration(runtime.env.HEALTH_CHECK_INTERVAL_SECONDS * SECOND_MS)}`}
            />
          ))}
        </>
      )}
    </>
  );
}

function TestForm() {
  return (
    <form action={testProvidersAction} className="flex flex-wrap gap-3">
      <Button type="submit" name="only" value="failed">
        Test failed
      </Button>
      <Button type="submit" name="only" value="all" variant="primary">
        Test all
      </Button>
    </form>
  );
}
