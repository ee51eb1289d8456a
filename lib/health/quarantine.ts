import type { ProviderCall } from "@/lib/providers/provider";
import type { SetTimer } from "./timers";

/** So long a call that found no sign of its host waits for the verdict on our own connection. */
const VERDICT_MS = 3000;

/** Calls that do not count yet. */
export interface Quarantine {
  add(call: ProviderCall): void;
  /** Those of one provider count now, as nothing can clear them any more. */
  release(providerId: string): void;
  releaseAll(): void;
  /** Takes those out that are our own doing. */
  take(isOurs: (call: ProviderCall) => boolean): ProviderCall[];
}

interface QuarantineOptions {
  setTimer: SetTimer;
  onRelease: (call: ProviderCall) => void;
}

export function createQuarantine({ setTimer, onRelease }: QuarantineOptions): Quarantine {
  /** In the order of their ends. */
  const waiting = new Map<ProviderCall, () => void>();

  function free(call: ProviderCall): void {
    const cancel = waiting.get(call);
    if (!cancel) return;
    cancel();
    waiting.delete(call);
    onRelease(call);
  }

  return {
    add(call) {
      waiting.set(
        call,
        setTimer(() => free(call), VERDICT_MS),
      );
    },
    release(providerId) {
      for (const call of [...waiting.keys()]) if (call.providerId === providerId) free(call);
    },
    releaseAll() {
      for (const call of [...waiting.keys()]) free(call);
    },
    take(isOurs) {
      const ours = [...waiting.keys()].filter(isOurs);
      for (const call of ours) {
        waiting.get(call)?.();
        waiting.delete(call);
      }
      return ours;
    },
  };
}
