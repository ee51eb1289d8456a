import { expect, it } from "vitest";
import { redact } from "./redact";
import { fakeAdapter } from "./testing/fake-provider";

const field = { key: "api_key", label: "Key", type: "secret", required: true, secret: true, help: "" } as const;

it("takes secrets out and cuts addresses down to their origin", () => {
  const provider = {
    adapter: fakeAdapter({ configFields: [field] }),
    config: { baseUrl: "https://a.example", api_key: "s3cret-key" },
  };
  const message = 'Key s3cret-key refused at https://user:pw@a.example:8443/v1/search?key=x ("https://b.example").';
  expect(redact(message, provider)).toBe('Key ••• refused at https://a.example:8443 ("https://b.example").');
});

it("takes them out as they travel, too: upstreams say back what they were sent", () => {
  const config = { baseUrl: "https://a.example", username: "keeper", api_key: "s3cret key/1" };
  const provider = { adapter: fakeAdapter({ configFields: [field] }), config };
  const encoded = [btoa("keeper:s3cret key/1"), btoa("s3cret key/1:"), encodeURIComponent("s3cret key/1")];
  expect(redact(`It says: ${encoded.join(" ")}`, provider)).toMatch(/^It says: ••••*=* ••••*=* •••$/);
});
