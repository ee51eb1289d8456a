"use client";

import { Activity, SlidersHorizontal } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Spinner } from "@/components/ui/spinner";
import { ActionForm } from "./action-form";
import type { ProviderActions, ProviderRow } from "./provider-row";
import { settingsId } from "./provider-settings";

interface ControlProps {
  row: ProviderRow;
  actions: ProviderActions;
}

/** What one can do with a provider at any time. */
export function ProviderControls({ row, actions }: ControlProps) {
  const { id, name } = row;
  return (
    <div className="flex items-center justify-end">
      {row.enabled && row.initialized ? (
        <ActionForm action={actions.test} fields={{ id }}>
          {(busy) => (
            <IconButton type="submit" label={`Test ${name}`} aria-busy={busy}>
              {busy ? <Spinner /> : <Activity aria-hidden="true" />}
            </IconButton>
          )}
        </ActionForm>
      ) : null}
      {actions.save ? (
        <IconButton popoverTarget={settingsId(id)} label={`Settings of ${name}`}>
          <SlidersHorizontal aria-hidden="true" />
        </IconButton>
      ) : null}
    </div>
  );
}

/** Puts one that rests back in use. When it goes since there is nothing to do any more, the focus that it had goes to the provider's name. */
export function ReEnable({ row, actions, nameId }: ControlProps & { nameId: string }) {
  const button = useRef<HTMLButtonElement>(null);
  if (!actions.enable || !row.resting) return null;
  return (
    <ActionForm action={actions.enable} fields={{ id: row.id }}>
      {(busy) => (
        <>
          <Button ref={button} type="submit" size="sm" busy={busy} aria-label={`Re-enable ${row.name}`}>
            Re-enable
          </Button>
          <HandFocusOn from={button} to={nameId} />
        </>
      )}
    </ActionForm>
  );
}

function HandFocusOn({ from, to }: { from: RefObject<HTMLButtonElement | null>; to: string }) {
  useLayoutEffect(() => {
    const element = from.current;
    return () => {
      if (element && document.activeElement === element) document.getElementById(to)?.focus();
    };
  }, [from, to]);
  return null;
}
