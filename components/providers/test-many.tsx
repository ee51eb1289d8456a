"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { ActionForm } from "./action-form";
import type { ProviderAction } from "./provider-row";

/** What a test of many is counted by: who is to be tested, and when each was looked at last. */
export interface Tested {
  id: string;
  isWell: boolean;
  lastCheck: string | null;
}

/** Tests all providers in use, or those that are not well, and shows how far it has come. */
export function TestMany({ action, tested }: { action: ProviderAction; tested: readonly Tested[] }) {
  const [begun, setBegun] = useState<readonly Tested[] | null>(null);
  const before = new Map(begun?.map(({ id, lastCheck }) => [id, lastCheck]));
  const done = tested.filter(({ id, lastCheck }) => before.has(id) && before.get(id) !== lastCheck).length;

  return (
    <ActionForm
      action={action}
      onBegin={(form) => setBegun(form.get("only") === "failed" ? tested.filter(({ isWell }) => !isWell) : tested)}
      className="relative flex flex-wrap gap-3"
    >
      {(busy) => (
        <>
          <Button type="submit" name="only" value="failed" aria-disabled={busy}>
            Test failed
          </Button>
          <Button type="submit" name="only" value="all" variant="primary" busy={busy}>
            {busy && begun ? `Testing ${done} of ${begun.length}` : "Test all"}
          </Button>
          {busy && begun ? (
            <Progress
              label="Providers tested"
              done={done}
              total={begun.length}
              className="absolute inset-x-0 -bottom-2"
            />
          ) : null}
        </>
      )}
    </ActionForm>
  );
}
