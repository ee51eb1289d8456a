/** A file as it may be handed to somebody's disk. */
export interface SafeFile {
  fileName: string;
  mediaType: string;
}

const UNKNOWN = { mediaType: "application/octet-stream", ending: "bin" } as const;
const NAME_LENGTH_MAX = 150;

/** What may be handed out under its own type and ending: books, comics, subtitles and archives, nothing that a browser or a shell runs. */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ["epub", "application/epub+zip"],
  ["kepub", "application/kepub+zip"],
  ["pdf", "application/pdf"],
  ["cbz", "application/vnd.comicbook+zip"],
  ["cbr", "application/vnd.comicbook-rar"],
  ["cb7", "application/x-cb7"],
  ["cbt", "application/x-cbt"],
  ["mobi", "application/x-mobipocket-ebook"],
  ["azw", "application/vnd.amazon.ebook"],
  ["azw3", "application/x-mobi8-ebook"],
  ["fb2", "application/x-fictionbook+xml"],
  ["djvu", "image/vnd.djvu"],
  ["lit", "application/x-ms-reader"],
  ["rtf", "application/rtf"],
  ["txt", "text/plain"],
  ["srt", "application/x-subrip"],
  ["vtt", "text/vtt"],
  ["ass", "text/x-ssa"],
  ["ssa", "text/x-ssa"],
  ["sub", "text/plain"],
  ["smi", "application/smil"],
  ["mp3", "audio/mpeg"],
  ["m4b", "audio/mp4"],
  ["zip", "application/zip"],
  ["rar", "application/vnd.rar"],
  ["7z", "application/x-7z-compressed"],
  ["tar", "application/x-tar"],
  ["bin", "application/octet-stream"],
]);

/** Other spellings that upstreams use. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ...[...MEDIA_TYPES].map(([ending, type]) => [type, ending] as const).reverse(),
  ["application/x-cbz", "cbz"],
  ["application/x-cbr", "cbr"],
  ["application/vnd.comicbook+rar", "cbr"],
  ["application/x-rar-compressed", "rar"],
  ["application/x-rar", "rar"],
  ["application/x-zip-compressed", "zip"],
  ["application/x-epub+zip", "epub"],
  ["application/x-mobi", "mobi"],
  ["application/vnd.amazon.mobi8-ebook", "azw3"],
  ["application/fb2", "fb2"],
  ["text/fb2+xml", "fb2"],
  ["image/x-djvu", "djvu"],
  ["text/srt", "srt"],
  ["text/rtf", "rtf"],
]);

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name without path, control and direction characters, with an ending of the list, and the media type that goes with it. What is not of
 * the list becomes `.bin` of type application/octet-stream, so that nothing of it opens by itself. Pure.
 */
export function toSafeFile({ name, mediaType }: { name: string; mediaType: string | null }): SafeFile {
  const tidy = tidyName(name);
  const [, stem = tidy, own = ""] = /^(.+)\.([a-z0-9]{1,5})$/i.exec(tidy) ?? [];
  const ownType = MEDIA_TYPES.get(own.toLowerCase());
  if (ownType) return { fileName: toFileName(stem, own.toLowerCase()), mediaType: ownType };
  const ending = ENDINGS.get(mediaType?.split(";")[0]?.trim().toLowerCase() ?? "") ?? UNKNOWN.ending;
  return { fileName: toFileName(tidy, ending), mediaType: MEDIA_TYPES.get(ending) ?? UNKNOWN.mediaType };
}

function tidyName(name: string): string {
  return name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "");
}

function toFileName(stem: string, ending: string): string {
  const short =
    [...stem]
      .slice(0, NAME_LENGTH_MAX)
      .join("")
      .replace(/[\s.]+$/, "") || "file";
  return `${DEVICE.test(short.split(".")[0] ?? "") ? `_${short}` : short}.${ending}`;
}
