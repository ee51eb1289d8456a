import { describe, expect, it } from "vitest";
import { createStarredTitles } from "./starred-titles";

describe("starred titles", () => {
  it("are looked up once, and only those that are not known", async () => {
    const { starred, asked } = arrange();
    expect(await starred.among("reader", ["a", "b"])).toEqual(new Set(["a"]));
    expect(await starred.among("reader", ["a", "b", "c"])).toEqual(new Set(["a"]));
    expect(await starred.among("reader", ["c", "b"])).toEqual(new Set());
    expect(asked).toEqual([["a", "b"], ["c"]]);
  });

  it("are each viewer's own", async () => {
    const { starred, asked } = arrange();
    await starred.among("reader", ["a"]);
    await starred.among("admin", ["a"]);
    expect(asked).toHaveLength(2);
  });

  it("are looked up again after a change of the stars, and after ten seconds", async () => {
    const { starred, stars, advance } = arrange();
    await starred.among("reader", ["b"]);
    stars.add("b");
    starred.forget("reader");
    expect(await starred.among("reader", ["b"])).toEqual(new Set(["b"]));
    stars.delete("b");
    advance(9_999);
    expect(await starred.among("reader", ["b"])).toEqual(new Set(["b"]));
    advance(1);
    expect(await starred.among("reader", ["b"])).toEqual(new Set());
  });

  it("are not taken from an answer that was on its way when the stars changed", async () => {
    const { starred, stars } = arrange();
    const onItsWay = starred.among("reader", ["b"]);
    stars.add("b");
    starred.forget("reader");
    await onItsWay;
    expect(await starred.among("reader", ["b"])).toEqual(new Set(["b"]));
  });

  it("stay unknown when they could not be looked up", async () => {
    const { starred, asked, failOnce } = arrange();
    failOnce();
    await expect(starred.among("reader", ["a"])).rejects.toThrow("closed");
    expect(await starred.among("reader", ["a"])).toEqual(new Set(["a"]));
    expect(asked).toHaveLength(2);
  });
});

function arrange() {
  const stars = new Set(["a"]);
  const asked: string[][] = [];
  let now = 0;
  let fails = false;
  const starred = createStarredTitles({
    async find(_viewerId, titleIds) {
      asked.push([...titleIds]);
      if (fails) {
        fails = false;
        throw new Error("The database is closed.");
      }
      return new Set(titleIds.filter((id) => stars.has(id)));
    },
    clock: () => now,
  });
  const advance = (ms: number) => {
    now += ms;
  };
  const failOnce = () => {
    fails = true;
  };
  return { starred, stars, asked, advance, failOnce };
}
