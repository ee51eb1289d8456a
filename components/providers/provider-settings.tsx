import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ProviderActions, ProviderRow } from "./provider-row";

const INTERVALS = [
  { minutes: 30, words: "every 30 minutes" },
  { minutes: 60, words: "every hour" },
  { minutes: 120, words: "every 2 hours" },
  { minutes: 1440, words: "every day" },
  { minutes: 10_080, words: "every week" },
  { minutes: 43_200, words: "every month" },
] as const;

export function settingsId(providerId: string): string {
  return `settings-${providerId}`;
}

interface ProviderSettingsProps {
  row: ProviderRow;
  actions: ProviderActions;
  /** "every 30 s": what providers without an interval of their own get. */
  instanceInterval: string;
}

/** The settings that one changes from the table. A native popover: it opens and closes without any script. */
export function ProviderSettings({ row, actions, instanceInterval }: ProviderSettingsProps) {
  const { id, name, locked } = row;
  if (!actions.save) return null;
  const title = `${settingsId(id)}-title`;
  const hintOf = (field: string) => (locked.includes(field) ? "Decided by the environment." : null);
  return (
    <div
      popover="auto"
      id={settingsId(id)}
      role="dialog"
      aria-labelledby={title}
      className="anchored w-80 max-w-full rounded-lg border border-line-strong bg-surface-2 p-5 text-ink-1"
    >
      <h2 id={title} className="text-lg">
        {name}
      </h2>
      <form action={actions.save} className="mt-4 flex flex-col gap-4">
        <input type="hidden" name="id" value={id} />
        <Field label="Priority" id={`${id}-priority`} hint={hintOf("priority") ?? "0 to 100; higher counts for more."}>
          <Input
            {...fieldControl(`${id}-priority`, { hint: true })}
            name="priority"
            type="number"
            min={0}
            max={100}
            required
            defaultValue={row.priority}
            disabled={locked.includes("priority")}
          />
        </Field>
        <Field label="Check" id={`${id}-interval`} hint={hintOf("check_interval")}>
          <Select
            {...fieldControl(`${id}-interval`, { hint: hintOf("check_interval") })}
            name="check_interval"
            defaultValue={row.checkInterval ?? "instance"}
            disabled={locked.includes("check_interval")}
          >
            <option value="instance">as the instance does ({instanceInterval})</option>
            {INTERVALS.map(({ minutes, words }) => (
              <option key={minutes} value={minutes}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" size="sm">
            Save
          </Button>
        </div>
      </form>
      <SwitchForm row={row} actions={actions} hint={hintOf("enabled")} />
    </div>
  );
}

function SwitchForm({ row, actions, hint }: { row: ProviderRow; actions: ProviderActions; hint: string | null }) {
  const action = row.enabled ? actions.disable : actions.enable;
  if (!action) return null;
  return (
    <form action={action} className="mt-4 flex items-center justify-between gap-3 border-line border-t pt-4">
      <input type="hidden" name="id" value={row.id} />
      <span className="text-ink-2 text-sm">{hint ?? (row.enabled ? "Switched on" : "Switched off")}</span>
      <Button type="submit" size="sm" disabled={hint !== null || !row.initialized}>
        {row.enabled ? "Switch off" : "Switch on"}
      </Button>
    </form>
  );
}
