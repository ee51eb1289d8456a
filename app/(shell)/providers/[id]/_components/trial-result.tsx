import { Notice } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import { AppError } from "@/lib/errors";
import type { Thresholds } from "@/lib/health/engine/types";
import { type TrialRow, trialRows, trialSentence } from "@/lib/health/trial-words";
import { tryThresholds } from "@/lib/health/try-thresholds";
import type { Provider } from "@/lib/providers/provider";
import { getRuntime } from "@/lib/runtime";
import { readSettingsForm } from "../../read-settings-form";
import type { SettingsField } from "../../settings-fields";
import { readTriedThresholds } from "../tried-thresholds";

interface TrialResultProps {
  provider: Provider;
  fields: readonly SettingsField[];
  tried: Readonly<Record<string, string>>;
}

/** "With these thresholds the last 7 days would have had …", worked out while the page waits. */
export async function TrialResult({ provider, fields, tried }: TrialResultProps) {
  const outcome = await runTrial(provider, fields, tried);
  if ("problem" in outcome) {
    return (
      <Notice tone="bad" role="alert" className="mt-5">
        {outcome.problem}
      </Notice>
    );
  }
  return (
    <div className="mt-5 rounded-md bg-accent-soft p-4" role="status">
      <div className="grid gap-x-8 gap-y-3 lg:grid-cols-2">
        <p className="max-w-prose text-pretty">{outcome.sentence}</p>
        <TrialTable rows={outcome.rows} />
      </div>
      <p className="mt-3 max-w-prose text-pretty text-ink-2 text-xs">
        Both columns are replayed from recorded calls. Searches that were refused in truth were never made, and cannot
        be replayed.
      </p>
    </div>
  );
}

type Outcome = { problem: string } | { sentence: string; rows: TrialRow[] };

async function runTrial(
  provider: Provider,
  fields: readonly SettingsField[],
  typed: TrialResultProps["tried"],
): Promise<Outcome> {
  const { db, health, settings, providers } = getRuntime();
  const { thresholds, maxAutoDisabledPercent, probeIntervalsMs } = settings.health();
  const clock = Date.now;
  const enabled = providers.list().filter((one) => one.enabled && one.initialized).length;
  try {
    const proposed: Thresholds = readTriedThresholds(provider, thresholds, readSettingsForm(fields, typed));
    const tried = await tryThresholds(
      { client: db.client, unwritten: health.unwritten },
      {
        providerId: provider.id,
        inForce: health.thresholds(provider.id),
        proposed,
        pool: { enabled, autoDisabled: 0, maxPercent: maxAutoDisabledPercent },
        probeIntervalsMs,
        clock,
      },
    );
    return { sentence: trialSentence(tried, clock()), rows: tried.calls > 0 ? trialRows(tried) : [] };
  } catch (error) {
    if (error instanceof AppError)
      return { problem: [error.message, ...error.errors.map(({ message }) => message)].join(" ") };
    throw error;
  }
}

function TrialTable({ rows }: { rows: readonly TrialRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div className="min-w-0">
      <Table caption="The last days by both thresholds">
        <thead>
          <tr>
            <Th>It would have been</Th>
            <Th>as set now</Th>
            <Th>with these</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, inForce, proposed, differs }) => (
            <tr key={name}>
              <Th scope="row">{name}</Th>
              <Td>{inForce}</Td>
              <Td className={differs ? "font-medium" : "text-ink-2"}>{proposed}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
