/**
 * Headers for a file that is to be saved and never shown, run or changed on the way. `fileName` is taken as it is but for the header's own
 * rules: RFC 6266, with an ASCII stand-in beside the RFC 8187 form.
 */
export function attachmentHeaders({ fileName, mediaType }: { fileName: string; mediaType: string }) {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName.replace(/\p{Cs}/gu, "\uFFFD")).replace(/['()*]/g, toPercent);
  return {
    "Content-Type": mediaType,
    "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store, no-transform",
  };
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
