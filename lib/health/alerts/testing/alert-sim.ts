import pino from "pino";
import { createManualTime } from "@/lib/health/testing/manual-time";
import { buildProvider, createMonitorSim, type MonitorSim, SETTINGS } from "@/lib/health/testing/monitor-sim";
import type { Provider } from "@/lib/providers/provider";
import { createTransport } from "@/lib/providers/transport";
import type { Alert } from "../alert";
import { type AlertService, createAlerts } from "../create-alerts";
import { createMemoryAlertStore, type MemoryAlertStore } from "./memory-alert-store";

export interface AlertSim {
  monitor: MonitorSim;
  alerts: AlertService;
  memory: MemoryAlertStore;
  /** What the log channel wrote, in order, with its time. */
  told: { event: string; rule: string; provider: string | null; alert: string; at: number }[];
  /** Alerts as they fired, changed and ended. */
  heard: Alert[];
  /** When the certificate of a host ends. */
  tls: Map<string, number>;
}

interface AlertSimOptions {
  providers?: readonly Provider[];
  startupGraceMs?: number;
  groupWaitMs?: number;
  monitor?: Parameters<typeof createMonitorSim>[0];
  /** Whether the engine's sign of life is heard. */
  isTicking?: () => boolean;
}

/** The real engine and real alerts, on a clock that stands still; alerts go to the log. */
export async function createAlertSim(options: AlertSimOptions = {}): Promise<AlertSim> {
  const { providers = [buildProvider()], startupGraceMs = 0, groupWaitMs = 30_000 } = options;
  const time = createManualTime();
  const told: AlertSim["told"] = [];
  const heard: Alert[] = [];
  const tls = new Map<string, number>();
  const memory = createMemoryAlertStore();
  let ids = 0;
  const monitor = createMonitorSim({
    ...options.monitor,
    providers,
    time,
    settings: { startupGraceMs },
    hooks: {
      onSample: (call) => alerts.onSample(call),
      onDecision: (decision) => alerts.onDecision(decision),
      onConnectivity: (change) => alerts.onConnectivity(change),
      onTrouble: (failing) => alerts.onTrouble(failing),
      onTick(at) {
        if (options.isTicking?.() ?? true) alerts.onTick(at);
      },
    },
  });
  const log = pino(
    { base: null },
    {
      write(line: string) {
        const { event, rule, provider, alert } = JSON.parse(line);
        if (event === "alert.fired" || event === "alert.resolved")
          told.push({ event, rule, provider, alert, at: time.clock() });
      },
    },
  );
  const alerts: AlertService = createAlerts({
    providers: monitor.catalog,
    health: monitor.monitor,
    settings: () => ({ ...SETTINGS, startupGraceMs, cooldownMs: 15 * 60_000, groupWaitMs }),
    findTlsExpiry: (origin) => tls.get(origin) ?? null,
    store: memory.store,
    channelStore: memory.channelStore,
    environment: null,
    transport: createTransport(),
    userAgent: "Yagura/test",
    publicUrl: null,
    clock: time.clock,
    random: () => 0.5,
    setTimer: time.setTimer,
    newId: () => `id-${++ids}`,
    log,
    onAlert: (alert) => void heard.push(alert),
  });
  await alerts.start();
  await monitor.monitor.start(monitor.call);
  return { monitor, alerts, memory, told, heard, tls };
}
