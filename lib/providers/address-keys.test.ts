import { describe, expect, it } from "vitest";
import { concealKeys, listAddressKeys, maskAddress, revealKeys, unmaskAddress } from "./address-keys";
import { redact } from "./redact";
import { fakeAdapter } from "./testing/fake-provider";

const KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

describe("keys in an address", () => {
  it.each([
    [`https://kavita.example/api/opds/${KEY}`, [KEY]],
    [`https://host.example/opds?apiKey=abcd1234`, ["abcd1234"]],
    [`https://host.example/opds?token=${KEY}&page=2`, [KEY]],
    ["https://host.example/opds/v1.2/catalog", []],
    ["https://host.example/a-long-word-of-a-path/opds", []],
    ["no address", []],
  ])("of %s are found", (url, keys) => {
    expect(listAddressKeys(url)).toEqual(keys);
  });

  it("are hidden in what is stored, and put back for a request", () => {
    const config = { baseUrl: `https://kavita.example/api/opds/${KEY}` };
    const cover = `https://kavita.example/cover?id=1&apiKey=${KEY}`;
    const hidden = concealKeys(cover, config);
    expect(hidden).not.toContain(KEY);
    expect(URL.canParse(hidden)).toBe(true);
    expect(revealKeys(hidden, config)).toBe(cover);
  });

  it("are masked for admins, and put back when the address comes back", () => {
    const before = `https://kavita.example/api/opds/${KEY}`;
    expect(maskAddress(before)).toBe("https://kavita.example/api/opds/•••");
    expect(unmaskAddress("https://kavita.example/api/opds/•••", before)).toBe(before);
    expect(unmaskAddress("https://kavita.example/sub/opds/•••", before)).toBe(`https://kavita.example/sub/opds/${KEY}`);
    expect(unmaskAddress("https://kavita.example/opds", before)).toBe("https://kavita.example/opds");
  });

  it.each([
    ["another host", "https://elsewhere.example/api/opds/•••", `https://kavita.example/api/opds/${KEY}`],
    ["another key than there was", "https://kavita.example/•••/•••", `https://kavita.example/api/opds/${KEY}`],
    ["one that had none", "https://kavita.example/•••", "https://kavita.example/opds"],
    ["a new provider", "https://kavita.example/•••", undefined],
  ])("are not given to %s", (_, text, before) => {
    expect(unmaskAddress(text, before)).toBeNull();
  });

  it("never get into a message", () => {
    const config = { baseUrl: `https://kavita.example/api/opds/${KEY}` };
    const message = redact(`No /api/opds/${KEY}/search at https://kavita.example/api/opds/${KEY}`, {
      adapter: fakeAdapter(),
      config,
    });
    expect(message).toBe("No /api/opds/•••/search at https://kavita.example");
  });
});
