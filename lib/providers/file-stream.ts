import type { IncomingHttpHeaders } from "node:http";
import { classifyError } from "./classify-error";
import { parseFileName } from "./content-disposition";
import type { BodySink, BodySource, OpenSink } from "./exchange";
import { ProviderError, type ProviderFailure } from "./outcome";
import type { FileStream, HttpRequest, StreamLimits } from "./provider";

/** What may wait for a slow reader before the upstream is made to wait too. */
const BUFFERED_BYTES = 256 * 1024;
/** A page that asks to sign in, or an error in words: judged like any other answer. */
const DOCUMENT_TYPE = /^(text\/html|application\/xhtml\+xml|(application|text)\/([\w.-]+\+)?json)\b/i;
const PART = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

interface OpenedFile {
  /** For `exchange`: takes the body of a good answer, and refuses what is too large or not what was asked for. */
  openSink: OpenSink;
  /** Null when the answer was no file. */
  stream(): FileStream | null;
}

/** A file's request: as it lies there, since parts are counted in unpacked bytes. */
export function toFileRequest(request: HttpRequest, { part }: StreamLimits): HttpRequest {
  const range = part && { range: part.range, ...(part.ifRange !== null && { "if-range": part.ifRange }) };
  return { ...request, headers: { ...request.headers, "accept-encoding": "identity", ...range } };
}

/**
 * The body of one answer as a stream that the upstream must keep pace with: it is read no faster than it is taken, and a pause of the
 * upstream's longer than `idleMs` (a reader's does not count) breaks it off as `timeout`.
 */
export function openFile(limits: StreamLimits, idleMs: number): OpenedFile {
  let opened: FileStream | null = null;
  return {
    openSink({ status, headers }, source) {
      if ((status !== 200 && status !== 206) || DOCUMENT_TYPE.test(headers["content-type"] ?? "")) return null;
      const described = readHead(status, headers);
      refuseUnfit(described, headers, limits);
      const { sink, body, ended } = createBody(source, { bytesMax: limits.bytesMax, idleMs });
      opened = { ...described, body, ended };
      return sink;
    },
    stream: () => opened,
  };
}

type Description = Omit<FileStream, "body" | "ended">;

function readHead(status: 200 | 206, headers: IncomingHttpHeaders): Description {
  const length = Number(headers["content-length"] ?? Number.NaN);
  return {
    status,
    contentType: headers["content-type"] ?? "",
    length: Number.isSafeInteger(length) ? length : null,
    contentRange: status === 206 ? (headers["content-range"] ?? "") : null,
    acceptsRanges: status === 206 || /\bbytes\b/i.test(headers["accept-ranges"] ?? ""),
    etag: first(headers.etag) ?? null,
    lastModified: first(headers["last-modified"]) ?? null,
    fileName: parseFileName(first(headers["content-disposition"])),
  };
}

/** A header that was sent twice is a list, whatever its type says. */
function first(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0];
}

function refuseUnfit(
  { status, length, contentRange }: Description,
  headers: IncomingHttpHeaders,
  { part, bytesMax }: StreamLimits,
): void {
  if ((headers["content-encoding"] ?? "identity") !== "identity")
    throw contract("The file came packed, which was not asked for.", status);
  const total = PART.exec(contentRange ?? "")?.[3];
  if (status === 206 && (part === null || total === undefined))
    throw contract("A part of the file came that was not asked for.", status);
  if (Math.max(length ?? 0, Number(total) || 0) > bytesMax) throw tooLarge(bytesMax);
}

function createBody(source: BodySource, { bytesMax, idleMs }: { bytesMax: number; idleMs: number }) {
  let settle: (failure: ProviderFailure | null) => void = () => {};
  const ended = new Promise<ProviderFailure | null>((resolve) => {
    settle = resolve;
  });
  let isOver = false;
  let size = 0;
  let idle: NodeJS.Timeout | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  function expectMore() {
    if (isOver) return;
    idle ??= setTimeout(() => breakOff(stalled(idleMs)), idleMs);
    idle.refresh();
  }
  function rest() {
    if (idle) clearTimeout(idle);
    idle = null;
  }
  /** False when it was over already. */
  function finish(failure: ProviderFailure | null): boolean {
    if (isOver) return false;
    isOver = true;
    rest();
    settle(failure);
    return true;
  }
  function breakOff(error: ProviderError) {
    if (!finish(error.failure)) return;
    controller?.error(error);
    source.abort(error);
  }

  const sink: BodySink = {
    write(chunk) {
      if (isOver) return;
      size += chunk.length;
      if (size > bytesMax) {
        breakOff(tooLarge(bytesMax));
        return;
      }
      controller?.enqueue(chunk);
      if ((controller?.desiredSize ?? 0) > 0) expectMore();
      else {
        rest();
        source.pause();
      }
    },
    close() {
      if (finish(null)) controller?.close();
    },
    fail(reason) {
      const error = toProviderError(reason);
      if (finish(error.failure)) controller?.error(error);
    },
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
        expectMore();
      },
      pull() {
        if (isOver) return;
        expectMore();
        source.resume();
      },
      cancel() {
        const left = new ProviderError({ class: "cancelled", message: "The reader left." });
        if (finish(left.failure)) source.abort(left);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
  );
  return { sink, body, ended };
}

function toProviderError(reason: Error): ProviderError {
  if (reason instanceof ProviderError) return reason;
  const broken = { class: "network", message: "The connection broke before the file was complete." } as const;
  return new ProviderError(classifyError(reason) ?? broken, reason);
}

function stalled(idleMs: number): ProviderError {
  return new ProviderError({ class: "timeout", message: `The file stopped coming for ${idleMs / 1000} s.` });
}

/** Our own rule, so nobody's fault. */
function tooLarge(bytesMax: number): ProviderError {
  const mebibytes = Math.floor(bytesMax / 1024 / 1024);
  return new ProviderError({ class: "client", message: `The file is larger than the ${mebibytes} MiB allowed here.` });
}

function contract(message: string, httpStatus: number): ProviderError {
  return new ProviderError({ class: "contract", message, httpStatus });
}
