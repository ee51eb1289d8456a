import { describe, expect, it } from "vitest";
import { CHART_RANGES, type ChartRange, chartPlan, toChartPoints } from "@/lib/health/chart-points";
import { chartTicks, pointText, tickText } from "./chart-ticks";

const NOW = Date.UTC(2026, 10, 22, 13, 34);
const HOUR_MS = 3_600_000;

function marksOf(range: ChartRange, timeZone: string): string[] {
  const instants = toChartPoints([], range, NOW).map(({ at }) => at);
  return chartTicks(instants, range, timeZone).map((at) => tickText(at, range, timeZone));
}

describe("chartTicks", () => {
  it("marks full tens of minutes, hours and days in the reader's zone", () => {
    expect(marksOf("1h", "UTC")).toEqual(["12:40", "12:50", "13:00", "13:10", "13:20", "13:30"]);
    expect(marksOf("24h", "Europe/Berlin")).toEqual(["16:00", "20:00", "00:00", "04:00", "08:00", "12:00"]);
    expect(marksOf("7d", "Europe/Berlin")).toEqual([
      "16 Nov",
      "17 Nov",
      "18 Nov",
      "19 Nov",
      "20 Nov",
      "21 Nov",
      "22 Nov",
    ]);
  });

  it.each(["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"])(
    "keeps to five to eight marks in %s",
    (zone) => {
      for (const range of CHART_RANGES) {
        const marks = marksOf(range, zone);
        expect(marks.length, range).toBeGreaterThanOrEqual(5);
        expect(marks.length, range).toBeLessThanOrEqual(8);
        expect(new Set(marks).size).toBe(marks.length);
      }
    },
  );
});

describe("pointText", () => {
  it("says the span of a point", () => {
    expect(pointText(NOW - 4 * 60_000, chartPlan("24h").pointMs, "UTC")).toBe("22 Nov 13:30–13:40");
    expect(pointText(NOW, HOUR_MS, "Europe/Berlin")).toBe("22 Nov 14:34–15:34");
    expect(pointText(Date.UTC(2026, 10, 22), chartPlan("90d").pointMs, "UTC")).toBe("22 Nov (UTC)");
    expect(pointText(NOW, 36 * HOUR_MS, "UTC")).toBe("22 Nov 13:34–24 Nov 01:34");
  });
});
