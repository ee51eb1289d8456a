/** The file name in a `Content-Disposition` header, as its sender wrote it: not yet safe for a disk. Null when it names none (RFC 6266). */
export function parseFileName(header: string | undefined): string | null {
  if (!header) return null;
  const [, charset = "", encoded] = /filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)/i.exec(header) ?? [];
  if (encoded !== undefined) {
    const decoded = decode(charset, encoded);
    if (decoded !== null) return decoded;
  }
  const [, quoted, bare] = /(?:^|[;\s])filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? bare ?? null;
}

function decode(charset: string, encoded: string): string | null {
  try {
    return /^utf-?8$/i.test(charset) ? decodeURIComponent(encoded) : decodeLatin(encoded);
  } catch {
    return null;
  }
}

function decodeLatin(encoded: string): string {
  return encoded.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
