import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Seals short texts at rest. */
export interface SecretBox {
  /** A printable text that only a box with the same instance key opens. Two seals of one text differ. */
  seal(text: string): string;
  /** The text, or null when it was sealed with another key, altered, or never sealed. */
  open(sealed: string): string | null;
}

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** AES-256-GCM under a key derived (HKDF-SHA-256) from the instance key, so that the instance key may have any form and other uses. */
export function createSecretBox(instanceKey: string): SecretBox {
  const key = new Uint8Array(hkdfSync("sha256", instanceKey, "", "yagura secret box v1", KEY_BYTES));
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const data = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), data]).toString("base64url")}`;
    },
    open(sealed) {
      const [version, body] = sealed.split(".");
      if (version !== VERSION || !body) return null;
      const bytes = Buffer.from(body, "base64url");
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const data = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(data), decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}
