import { expect, it, vi } from "vitest";

it("recognises an AppError that another copy of the module made", async () => {
  const { AppError } = await import("./errors");
  vi.resetModules();
  const copy = await import("./errors");
  expect(copy.AppError).not.toBe(AppError);
  expect(new copy.AppError("not_found", "There is nothing.")).toBeInstanceOf(AppError);
  expect(new Error("There is nothing.")).not.toBeInstanceOf(AppError);
});
