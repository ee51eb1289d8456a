import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { providerEventSchema } from "./event-wire";

describe("docs/live-events.md", () => {
  it("shows a transition as it is sent", () => {
    const [, example = ""] = /```json\n([\s\S]*?)```/.exec(readFileSync("docs/live-events.md", "utf8")) ?? [];
    const event = JSON.parse(example);
    expect(providerEventSchema.parse(event)).toEqual(event);
  });
});
