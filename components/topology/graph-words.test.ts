import { describe, expect, it } from "vitest";
import { toGraphSummary, toNeeds, toNodeText } from "./graph-words";
import { graphOf } from "./testing/graphs";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("the words of the graph", () => {
  it("says how a provider is, what it needs and who goes on without it", () => {
    const { graph } = graphOf({
      hosts: { Kitsu: "kitsu.app" },
      states: { "provider:Kitsu": "DOWN", "host:kitsu.app": "DEGRADED" },
    });
    expect(toNodeText(graph, "provider:Kitsu")).toBe(
      "Kitsu: down. Cannot do without kitsu.app (degraded). Yagura goes on without it.",
    );
    expect(toNodeText(graph, "host:kitsu.app")).toBe(
      "kitsu.app: degraded. Cannot do without Internet. Kitsu (down) cannot do without it.",
    );
  });

  it("counts providers where naming all of them would be a list", () => {
    const hosts = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, "one.example"]));
    const { graph } = graphOf({ hosts });
    expect(plain(toNodeText(graph, "app"))).toBe(
      "Yagura: active. Cannot do without Database. Uses Cache in memory, Checks, Internet and 4 providers, and goes on without.",
    );
    expect(plain(toNodeText(graph, "host:one.example"))).toContain("4 providers cannot do without it.");
  });

  it("says of a part that is not there nothing", () => {
    expect(toNodeText({ nodes: [], edges: [] }, "app")).toBe("");
    expect(toNeeds({ nodes: [], edges: [] }, "app")).toBeNull();
  });

  it("names what is wrong, and says when nothing is; what is merely off is not wrong", () => {
    const hosts = { Kitsu: "kitsu.app", Jikan: "jikan.moe" };
    const summaryOf = (states: Parameters<typeof graphOf>[0]["states"]) =>
      toGraphSummary(graphOf({ hosts, ...(states && { states }) }).graph);
    expect(summaryOf({ "provider:Jikan": "DISABLED" })).toBe("Nothing is wrong with any part.");
    expect(summaryOf({ "provider:Kitsu": "DOWN" })).toBe("Something is wrong with Kitsu (down).");
  });
});
