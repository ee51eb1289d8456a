import type { PoolGauges } from "@/lib/db/client";
import type { ProviderHealth } from "@/lib/health/health-view";
import type { SystemSample } from "./system-sampler";

export const BACKENDS = ["memory", "redis"] as const;
export const CACHES = ["search", "cover"] as const;
export const QUEUE_BACKENDS = ["memory", "bullmq"] as const;

export interface CacheGauges {
  backend: (typeof BACKENDS)[number];
  cache: (typeof CACHES)[number];
  size: number;
}

export interface RedisGauges {
  connected: boolean;
  memoryUsedBytes: number;
}

export interface QueueGauges {
  backend: (typeof QUEUE_BACKENDS)[number];
  /** Jobs that are due and wait. */
  waiting: number;
  active: number;
  failed: number;
}

export interface HttpGauges {
  inProgress: number;
  /** Event streams among them. */
  streams: number;
}

export interface ProviderGauges {
  id: string;
  enabled: boolean;
  health: ProviderHealth;
  /** Epoch milliseconds; null while no certificate was seen. */
  tlsExpiresAt: number | null;
}

/** Where the gauges of a scrape are read. Each answers from memory, at once; one that throws costs only its own gauges. */
export interface MetricSources {
  databasePool(): PoolGauges;
  caches(): readonly CacheGauges[];
  /** Null without Redis. */
  redis(): RedisGauges | null;
  queues(): readonly QueueGauges[];
  http(): HttpGauges;
  providers(): readonly ProviderGauges[];
  system(): SystemSample;
  selfOnline(): boolean;
}
