import { startRuntime } from "@/lib/runtime";

const DRAIN_MS_MAX = 9000;

/** Starts what one process is made of, and drains it when the process is asked to end. */
export async function start(): Promise<void> {
  const runtime = await startRuntime();
  const { log } = runtime;
  log.info({ event: "app.started", port: runtime.env.PORT }, `Yagura serves http://localhost:${runtime.env.PORT}`);
  let draining = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (draining) return;
      draining = true;
      log.info({ event: "app.stopping", signal }, "stopping");
      setTimeout(() => process.exit(1), DRAIN_MS_MAX).unref();
      runtime.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "stopping failed");
          process.exit(1);
        },
      );
    });
  }
}
