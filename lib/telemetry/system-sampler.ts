export interface SystemSample {
  /** 100 is one core. */
  cpuPercent: number;
  memoryBytes: number;
  /** Null while unknown. */
  databaseBytes: number | null;
  favorites: number | null;
  /** Covers on disk. */
  covers: number | null;
}

const READINGS = ["databaseBytes", "favorites", "covers"] as const;
type Reading = (typeof READINGS)[number];

interface SamplerOptions extends Record<Reading, () => Promise<number>> {
  intervalMs: number;
  onError: (reading: string, error: unknown) => void;
}

export interface SystemSampler {
  latest(): SystemSample;
  /** One round of measuring, for whoever cannot wait for the next; never rejects. */
  measure(): Promise<void>;
  stop(): void;
}

/** Measures what a scrape must not wait for, in the background. A value is at most one interval old; one that cannot be read stays. */
export function startSystemSampler({ intervalMs, onError, ...readers }: SamplerOptions): SystemSampler {
  let usage = process.cpuUsage();
  let usedAt = performance.now();
  let sample: SystemSample = {
    cpuPercent: 0,
    memoryBytes: process.memoryUsage.rss(),
    databaseBytes: null,
    favorites: null,
    covers: null,
  };

  async function measure(): Promise<void> {
    const now = performance.now();
    const used = process.cpuUsage(usage);
    if (now > usedAt) sample = { ...sample, cpuPercent: ((used.user + used.system) / 1000 / (now - usedAt)) * 100 };
    sample = { ...sample, memoryBytes: process.memoryUsage.rss() };
    usage = process.cpuUsage();
    usedAt = now;
    for (const reading of READINGS) await attempt(reading);
  }

  async function attempt(reading: Reading): Promise<void> {
    try {
      sample = { ...sample, [reading]: await readers[reading]() };
    } catch (error) {
      onError(reading, error);
    }
  }

  const timer = setInterval(() => void measure(), intervalMs);
  timer.unref();
  void measure();
  return { latest: () => sample, measure, stop: () => clearInterval(timer) };
}
