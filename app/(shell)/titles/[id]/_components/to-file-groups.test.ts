import { expect, it } from "vitest";
import type { TitleFile } from "@/lib/titles/title-files";
import { toFileGroups } from "./to-file-groups";

function aFile(overrides: Partial<TitleFile>): TitleFile {
  return {
    id: "f",
    fileName: "a.epub",
    mediaType: "application/epub+zip",
    providerId: "opds-a",
    providerName: "Attic",
    sizeBytes: 10,
    language: null,
    isTooLarge: false,
    ...overrides,
  };
}

it("puts the files of one provider together, without a link for those that are too large", () => {
  const files = [aFile({ id: "1" }), aFile({ id: "2", providerId: "b" }), aFile({ id: "3", isTooLarge: true })];
  const { groups } = toFileGroups({ titleId: "t 1", files, missing: [] });
  expect(groups.map(({ providerId, files: rows }) => [providerId, rows.map(({ href }) => href)])).toEqual([
    ["opds-a", ["/api/v1/titles/t%201/files/1", null]],
    ["b", ["/api/v1/titles/t%201/files/2"]],
  ]);
});

it("tells those that are still being asked from those that failed", () => {
  const missing = [
    { providerId: "a", providerName: "Attic", isPending: true },
    { providerId: "b", providerName: "Barn", isPending: false },
  ];
  expect(toFileGroups({ titleId: "t", files: [], missing })).toEqual({
    groups: [],
    pending: ["Attic"],
    failed: ["Barn"],
  });
});
