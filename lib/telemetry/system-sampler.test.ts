import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { measureDatabase } from "@/lib/db/system";
import { createMetrics } from "./metrics";
import { type SystemSampler, startSystemSampler } from "./system-sampler";
import { parseMetrics } from "./testing/parse-metrics";

const DAY_MS = 86_400_000;
let sampler: SystemSampler | null = null;
afterEach(() => sampler?.stop());

describe("the sampler", () => {
  it("measures this process, and what it is told to read", async () => {
    const onError = vi.fn();
    sampler = startSystemSampler({
      intervalMs: DAY_MS,
      databaseBytes: async () => 4096,
      favorites: async () => 3,
      covers: async () => 7,
      onError,
    });
    await sampler.measure();
    expect(sampler.latest()).toMatchObject({ databaseBytes: 4096, favorites: 3, covers: 7 });
    expect(sampler.latest().memoryBytes).toBeGreaterThan(10_000_000);
    expect(sampler.latest().cpuPercent).toBeGreaterThanOrEqual(0);
    expect(onError).not.toHaveBeenCalled();
  });

  it("keeps the last value of what cannot be read any more, and says so", async () => {
    const onError = vi.fn();
    let fails = false;
    sampler = startSystemSampler({
      intervalMs: DAY_MS,
      databaseBytes: async () => 4096,
      favorites: async () => (fails ? Promise.reject(new Error("gone")) : 3),
      covers: async () => 7,
      onError,
    });
    await sampler.measure();
    fails = true;
    await sampler.measure();
    expect(sampler.latest()).toMatchObject({ databaseBytes: 4096, favorites: 3, covers: 7 });
    expect(onError).toHaveBeenCalledWith("favorites", expect.objectContaining({ message: "gone" }));
  });

  it("lets a scrape go on when the database file is removed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "yagura-sampler-"));
    const url = `file:${join(folder, "test.db")}`;
    const database = await openDatabase({ url, poolSize: 1 });
    const onError = vi.fn();
    const onCollectorError = vi.fn();
    try {
      sampler = startSystemSampler({
        intervalMs: DAY_MS,
        databaseBytes: () => measureDatabase(database, url),
        favorites: async () => 0,
        covers: async () => 0,
        onError,
      });
      await sampler.measure();
      expect(sampler.latest().databaseBytes).toBeGreaterThan(0);
      rmSync(url.slice("file:".length));
      await sampler.measure();
      expect(onError).toHaveBeenCalledWith("databaseBytes", expect.objectContaining({ code: "ENOENT" }));
      const metrics = createMetrics({
        enabled: true,
        version: "0",
        dialect: "sqlite",
        detail: "standard",
        clock: Date.now,
        onCollectorError,
      });
      metrics.connect({ system: sampler.latest, databasePool: database.pool });
      const { samples } = parseMetrics((await metrics.generateMetrics()).text);
      expect(samples.get("yagura_db_pool_size")).toBe(1);
      expect(samples.get("yagura_memory_usage_bytes")).toBeGreaterThan(0);
      expect(onCollectorError).not.toHaveBeenCalled();
    } finally {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
