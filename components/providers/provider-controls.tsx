import { SlidersHorizontal } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ProviderActions, ProviderRow } from "./provider-row";
import { settingsId } from "./provider-settings";

interface ProviderControlsProps {
  row: ProviderRow;
  actions: ProviderActions;
}

/** Plain forms, one button each. */
export function ProviderControls({ row, actions }: ProviderControlsProps) {
  const { id, name } = row;
  return (
    <div className="flex flex-wrap items-center gap-2 lg:justify-end">
      {actions.enable && row.resting ? (
        <form action={actions.enable}>
          <input type="hidden" name="id" value={id} />
          <Button type="submit" size="sm" aria-label={`Re-enable ${name}`}>
            Re-enable
          </Button>
        </form>
      ) : null}
      {row.enabled && row.initialized ? (
        <form action={actions.test}>
          <input type="hidden" name="id" value={id} />
          <Button type="submit" size="sm" variant="quiet" aria-label={`Test ${name}`}>
            Test
          </Button>
        </form>
      ) : null}
      {actions.save ? (
        <Button size="sm" variant="quiet" popoverTarget={settingsId(id)} aria-label={`Settings of ${name}`}>
          <SlidersHorizontal aria-hidden="true" className="size-4" />
        </Button>
      ) : null}
    </div>
  );
}
