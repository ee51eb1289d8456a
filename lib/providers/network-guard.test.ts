import { describe, expect, it } from "vitest";
import { AddressRefusedError, createGuardedLookup, kindOfAddress, type ResolvedAddress } from "./network-guard";

describe("kindOfAddress", () => {
  it.each([
    ["8.8.8.8", "public"],
    ["2606:4700::1111", "public"],
    ["127.0.0.1", "private"],
    ["0.0.0.0", "private"],
    ["10.1.2.3", "private"],
    ["172.16.0.1", "private"],
    ["192.168.1.5", "private"],
    ["100.64.1.1", "private"],
    ["::1", "private"],
    ["fd12::1", "private"],
    ["::ffff:10.0.0.1", "private"],
    ["::ffff:8.8.8.8", "public"],
    ["64:ff9b::a00:1", "private"],
    ["64:ff9b::808:808", "public"],
    ["169.254.169.254", "forbidden"],
    ["::ffff:169.254.169.254", "forbidden"],
    ["64:ff9b::a9fe:a9fe", "forbidden"],
    ["fd00:ec2::254", "forbidden"],
    ["100.100.100.200", "forbidden"],
    ["fe80::1", "forbidden"],
    ["224.0.0.1", "forbidden"],
    ["255.255.255.255", "forbidden"],
    ["not an address", "forbidden"],
  ])("%s is %s", (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });
});

describe("createGuardedLookup", () => {
  const PUBLIC: ResolvedAddress = { address: "8.8.8.8", family: 4 };
  const PRIVATE: ResolvedAddress = { address: "10.0.0.1", family: 4 };
  const METADATA: ResolvedAddress = { address: "169.254.169.254", family: 4 };

  function lookUp(found: ResolvedAddress[], options: { allowPrivate: boolean; all?: boolean; family?: number }) {
    const lookup = createGuardedLookup({ allowPrivate: options.allowPrivate, resolve: async () => found });
    const { all = true, family = 0 } = options;
    return new Promise((resolve) => {
      lookup("host.example", { all, family }, (error, address) => resolve(error ?? address));
    });
  }

  it("hands over only addresses that may be called", async () => {
    expect(await lookUp([PRIVATE, PUBLIC, METADATA], { allowPrivate: false })).toEqual([PUBLIC]);
    expect(await lookUp([PRIVATE, PUBLIC, METADATA], { allowPrivate: true })).toEqual([PRIVATE, PUBLIC]);
    expect(await lookUp([PRIVATE, PUBLIC], { allowPrivate: false, all: false })).toBe("8.8.8.8");
  });

  it("fails when none is left, and says so apart from a name that does not exist", async () => {
    expect(await lookUp([PRIVATE], { allowPrivate: false })).toBeInstanceOf(AddressRefusedError);
    expect(await lookUp([METADATA], { allowPrivate: true })).toBeInstanceOf(AddressRefusedError);
    expect(await lookUp([PUBLIC], { allowPrivate: false, family: 6 })).toMatchObject({ code: "ENOTFOUND" });
  });

  it("passes on what the resolver says", async () => {
    const error = Object.assign(new Error("no"), { code: "EAI_AGAIN" });
    const lookup = createGuardedLookup({ allowPrivate: false, resolve: () => Promise.reject(error) });
    const answer = await new Promise((resolve) => lookup("x.invalid", { all: true }, resolve));
    expect(answer).toBe(error);
  });
});
