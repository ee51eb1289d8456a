import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { CallEnd } from "./deadline";
import { MAX_BODY_BYTES, tooLarge } from "./unpack-body";

/** An answer as it came, still packed. */
export interface Exchanged {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** What a reader of a body may do to its connection. */
export interface BodySource {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** Takes a body chunk by chunk; exactly one of `close` and `fail` ends it. */
export interface BodySink {
  write(chunk: Buffer): void;
  close(): void;
  fail(reason: Error): void;
}

/** Decides by status and headers whether a body is read as it comes; null leaves it to be collected. What it throws ends the exchange. */
export type OpenSink = (answer: Pick<Exchanged, "status" | "headers">, source: BodySource) => BodySink | null;

/**
 * One request and its whole answer, by undici's bare dispatch: its streams and signals would cost as much again. Throws `contract` for a
 * body beyond the cap, the end's reason, and what the connection throws as it is. With a sink it is kept as soon as the headers are there, and
 * all that comes later goes to the sink, the end's reason too.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  end: CallEnd,
  openSink?: OpenSink,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    if (end.aborted) {
      reject(end.reason);
      return;
    }
    const chunks: Buffer[] = [];
    let connection: Dispatcher.DispatchController | null = null;
    let size = 0;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let sink: BodySink | null = null;

    function fail(reason: Error) {
      end.off("abort", stop);
      if (sink) sink.fail(reason);
      else reject(reason);
      connection?.abort(reason);
    }
    function stop() {
      if (end.reason) fail(end.reason);
    }

    end.once("abort", stop);
    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        connection = controller;
        stop();
      },
      onResponseStart(controller, answered, given) {
        if (answered < 200) return;
        status = answered;
        headers = given;
        try {
          sink = openSink?.({ status, headers }, controller) ?? null;
        } catch (refusal) {
          fail(refusal instanceof Error ? refusal : new Error(String(refusal)));
          return;
        }
        if (sink) resolve({ status, headers, bytes: NOTHING });
        else if (Number(headers["content-length"]) > MAX_BODY_BYTES) fail(tooLarge());
      },
      onResponseData(_, chunk) {
        if (sink) {
          sink.write(chunk);
          return;
        }
        size += chunk.length;
        if (size > MAX_BODY_BYTES) fail(tooLarge());
        else chunks.push(chunk);
      },
      onResponseEnd() {
        end.off("abort", stop);
        if (sink) {
          sink.close();
          return;
        }
        const [only] = chunks;
        resolve({ status, headers, bytes: only && chunks.length === 1 ? only : Buffer.concat(chunks, size) });
      },
      onResponseError: (_, error) => fail(error),
    });
  });
}
