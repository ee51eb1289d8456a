import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { KIND_WORDS } from "@/components/provider-page/kind-words";
import { Badge } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChartRange } from "@/lib/health/chart-points";
import type { ProviderHealth } from "@/lib/health/health-view";
import { maskAddress } from "@/lib/providers/address-keys";
import type { Provider } from "@/lib/providers/provider";
import { toVariableName } from "@/lib/providers/provider-variables";
import { disableOneAction, enableOneAction, testOneAction } from "../actions";

interface ProviderHeaderProps {
  provider: Provider;
  health: ProviderHealth;
  isAdmin: boolean;
  range: ChartRange;
  badge: ReactNode;
}

const SOURCE_WORDS = {
  builtin: "built in",
  environment: "set up in the environment",
  admin: "added by an admin",
} as const satisfies Record<Provider["source"], string>;

export function ProviderHeader({ provider, health, isAdmin, range, badge }: ProviderHeaderProps) {
  const { name, adapter, config, source } = provider;
  return (
    <header className="mb-6">
      <Link href="/providers" className="touch mb-3 inline-flex items-center gap-1 text-ink-2 text-xs hover:text-ink-1">
        <ChevronLeft aria-hidden="true" className="size-3.5" /> Providers
      </Link>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <h1 className="text-xl">{name}</h1>
            {badge}
          </div>
          <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
            <Badge>{KIND_WORDS[adapter.kind]}</Badge>
            {adapter.name === name ? null : <span>{adapter.name}</span>}
            <span className="break-all">{addressOf(config.baseUrl, isAdmin)}</span>
            <span className="text-ink-3">· {SOURCE_WORDS[source]}</span>
          </p>
        </div>
        <HeaderActions provider={provider} health={health} isAdmin={isAdmin} range={range} />
      </div>
    </header>
  );
}

/** The path of an address may hold what only admins should see. */
function addressOf(baseUrl: string, isAdmin: boolean): string {
  if (!URL.canParse(baseUrl)) return "no address yet";
  return isAdmin ? maskAddress(baseUrl) : new URL(baseUrl).origin;
}

function HeaderActions({ provider, health, isAdmin, range }: Omit<ProviderHeaderProps, "badge">) {
  const { id, enabled, initialized, locked } = provider;
  const resting = health.autoDisabled || (enabled && health.circuit.state === "OPEN");
  const isLocked = locked.includes("enabled");
  const hidden = (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="range" value={range} />
    </>
  );
  return (
    <div className="flex flex-wrap items-center gap-3">
      {isAdmin && resting ? (
        <form action={enableOneAction}>
          {hidden}
          <SubmitButton>Re-enable</SubmitButton>
        </form>
      ) : null}
      {isAdmin && initialized ? (
        <form action={enabled ? disableOneAction : enableOneAction}>
          {hidden}
          <SubmitButton
            disabled={isLocked}
            {...(isLocked && { title: `Set by ${toVariableName(id, "enabled")} in the environment.` })}
          >
            {enabled ? "Disable" : "Enable"}
          </SubmitButton>
        </form>
      ) : null}
      {enabled && initialized ? (
        <form action={testOneAction}>
          {hidden}
          <SubmitButton variant="primary">Test</SubmitButton>
        </form>
      ) : null}
    </div>
  );
}
