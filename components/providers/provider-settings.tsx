"use client";

import { useRouter } from "next/navigation";
import { memo } from "react";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ActionForm } from "./action-form";
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

type Settings = Pick<ProviderRow, "id" | "name" | "locked" | "priority" | "checkInterval" | "enabled" | "initialized">;

interface ProviderSettingsProps {
  row: Settings;
  actions: ProviderActions;
  /** "every 30 s": what providers without an interval of their own get. */
  instanceInterval: string;
}

/** The settings that one changes from the table. A native popover: it opens and closes without any script. */
export const ProviderSettings = memo(function ProviderSettings(props: ProviderSettingsProps) {
  const { row, actions, instanceInterval } = props;
  const { id, name, locked } = row;
  const router = useRouter();
  if (!actions.save) return null;
  const close = () => {
    document.getElementById(settingsId(id))?.hidePopover();
    router.refresh();
  };
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
      <ActionForm action={actions.save} fields={{ id }} onDone={close} className="mt-4 flex flex-col gap-4">
        {(busy) => (
          <>
            <Field
              label="Priority"
              id={`${id}-priority`}
              hint={hintOf("priority") ?? "0 to 100; higher counts for more."}
            >
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
              <Button type="submit" variant="primary" size="sm" busy={busy}>
                Save
              </Button>
            </div>
          </>
        )}
      </ActionForm>
      <SwitchForm row={row} actions={actions} hint={hintOf("enabled")} onDone={close} />
    </div>
  );
});

interface SwitchFormProps {
  row: Settings;
  actions: ProviderActions;
  hint: string | null;
  onDone: () => void;
}

function SwitchForm({ row, actions, hint, onDone }: SwitchFormProps) {
  const action = row.enabled ? actions.disable : actions.enable;
  if (!action) return null;
  return (
    <ActionForm
      action={action}
      fields={{ id: row.id }}
      onDone={onDone}
      className="mt-4 flex items-center justify-between gap-3 border-line border-t pt-4"
    >
      {(busy) => (
        <>
          <span className="text-ink-2 text-sm">{hint ?? (row.enabled ? "Switched on" : "Switched off")}</span>
          <Button type="submit" size="sm" busy={busy} disabled={hint !== null || !row.initialized}>
            {row.enabled ? "Switch off" : "Switch on"}
          </Button>
        </>
      )}
    </ActionForm>
  );
}
