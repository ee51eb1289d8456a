/** Runs `run` after `ms`; the answer takes it back. `setTimeout` behind a port, so that tests own the time. */
export type SetTimer = (run: () => void, ms: number) => () => void;

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Timers that keep no process alive. */
export const setSystemTimer: SetTimer = (run, ms) => {
  const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
  timer.unref();
  return () => clearTimeout(timer);
};

/** Runs `work` again and again, `everyMs` after it ended; the answer ends it. `work` must not reject. */
export function setRepeating(
  setTimer: SetTimer,
  work: () => Promise<void>,
  { firstMs, everyMs }: { firstMs: number; everyMs: number },
): () => void {
  let ended = false;
  let cancel = setTimer(run, firstMs);
  function run(): void {
    void work().then(() => {
      if (!ended) cancel = setTimer(run, everyMs);
    });
  }
  return () => {
    ended = true;
    cancel();
  };
}
