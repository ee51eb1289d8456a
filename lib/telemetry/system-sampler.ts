export interface SystemSample {
  /** 100 is one core. */
  cpuPercent: number;
  memoryBytes: number;
  /** Null while unknown. */
  databaseBytes: number | null;
  favorites: number | null;
}

interface SamplerOptions {
  intervalMs: number;
  databaseBytes: () => Promise<number>;
  favorites: () => Promise<number>;
  onError: (source: string, error: unknown) => void;
}

/** Measures what a scrape must not wait for, in the background. The value read is at most one interval old. */
export function startSystemSampler(options: SamplerOptions): { latest(): SystemSample; stop(): void } {
  let usage = process.cpuUsage();
  let usedAt = performance.now();
  let sample: SystemSample = {
    cpuPercent: 0,
    memoryBytes: process.memoryUsage.rss(),
    databaseBytes: null,
    favorites: null,
  };

  async function measure(): Promise<void> {
    const now = performance.now();
    const used = process.cpuUsage(usage);
    const cpuPercent = now > usedAt ? ((used.user + used.system) / 1000 / (now - usedAt)) * 100 : 0;
    usage = process.cpuUsage();
    usedAt = now;
    const databaseBytes = await attempt("database size", options.databaseBytes);
    const favorites = await attempt("favorites", options.favorites);
    sample = { cpuPercent, memoryBytes: process.memoryUsage.rss(), databaseBytes, favorites };
  }

  async function attempt(source: string, read: () => Promise<number>): Promise<number | null> {
    try {
      return await read();
    } catch (error) {
      options.onError(source, error);
      return null;
    }
  }

  const timer = setInterval(() => void measure(), options.intervalMs);
  timer.unref();
  void measure();
  return { latest: () => sample, stop: () => clearInterval(timer) };
}
