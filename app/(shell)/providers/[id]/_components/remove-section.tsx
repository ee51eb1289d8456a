import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Provider } from "@/lib/providers/provider";
import { removeProviderAction } from "../actions";

const POPOVER = "remove-provider";

/** Taking away a provider that an admin added; it asks once more. A native popover: it opens without any script. */
export function RemoveSection({ provider: { id, name } }: { provider: Provider }) {
  return (
    <Card as="section" aria-labelledby="remove-title" className="flex flex-wrap items-center justify-between gap-4">
      <div>
        <h2 id="remove-title" className="text-lg">
          Remove {name}
        </h2>
        <p className="mt-1 max-w-prose text-ink-2">
          Its history goes with it. Favorites that came from it stay, with what is known of them.
        </p>
      </div>
      <Button variant="danger" popoverTarget={POPOVER}>
        Remove…
      </Button>
      <div
        popover="auto"
        id={POPOVER}
        role="alertdialog"
        aria-labelledby={`${POPOVER}-title`}
        className="m-auto w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line-strong bg-surface-2 p-5 text-ink-1 backdrop:bg-veil"
      >
        <h3 id={`${POPOVER}-title`} className="text-base">
          Really remove {name}?
        </h3>
        <p className="mt-2 text-ink-2">Its settings, secrets and history are deleted. This cannot be undone.</p>
        <form action={removeProviderAction} className="mt-4 flex justify-end gap-3">
          <input type="hidden" name="id" value={id} />
          <Button popoverTarget={POPOVER} popoverTargetAction="hide">
            Keep it
          </Button>
          <SubmitButton variant="danger">Remove {name}</SubmitButton>
        </form>
      </div>
    </Card>
  );
}
