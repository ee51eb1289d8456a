import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { SuccessBar } from "@/components/ui/success-bar";
import { formatPercent } from "@/lib/format";
import { PROVIDER_KINDS } from "@/lib/providers/provider";
import { ProviderControls } from "./provider-controls";
import { formatWhole, ProviderName, ProviderStateText } from "./provider-facts";
import { KIND_TITLES, type ProviderActions, type ProviderRow } from "./provider-row";

interface ProviderCardsProps {
  rows: readonly ProviderRow[];
  actions: ProviderActions;
}

/** The health of all providers as cards, by kind. For narrow screens. */
export function ProviderCards({ rows, actions }: ProviderCardsProps) {
  const groups = PROVIDER_KINDS.map((kind) => ({ kind, members: rows.filter((row) => row.kind === kind) }));
  return (
    <div className="flex flex-col gap-6">
      {groups.map(({ kind, members }) =>
        members.length === 0 ? null : (
          <section key={kind} aria-labelledby={`cards-${kind}`}>
            <h2 id={`cards-${kind}`} className="mb-2 font-medium text-ink-2 text-sm">
              {KIND_TITLES[kind]}
            </h2>
            <ul className="flex flex-col gap-3">
              {members.map((row) => (
                <Card key={row.id} as="li">
                  <div className="flex items-start justify-between gap-3">
                    <div className="min-w-0">
                      <ProviderName row={row} />
                    </div>
                    <SuccessBar ratio={row.success.ratio} label={`Success of ${row.name}, ${row.success.span}`} />
                  </div>
                  <div className="mt-2">
                    <ProviderStateText row={row} />
                  </div>
                  <dl className="mt-3 grid grid-cols-4 gap-2">
                    <Figure name="Avg ms">{formatWhole(row.avgMs)}</Figure>
                    <Figure name="Last ms">{formatWhole(row.lastMs)}</Figure>
                    <Figure name="p95 ms">{formatWhole(row.p95Ms)}</Figure>
                    <Figure name="Up 30 d">{formatPercent(row.uptime, 1)}</Figure>
                  </dl>
                  <div className="mt-3">
                    <ProviderControls row={row} actions={actions} />
                  </div>
                </Card>
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="whitespace-nowrap text-ink-3 text-xs">{name}</dt>
      <dd className="whitespace-nowrap text-ink-1 text-sm">{children}</dd>
    </div>
  );
}
