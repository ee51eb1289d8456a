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

/**
 * One request and its whole answer, by undici's bare dispatch: its streams and signals would cost as much again. Throws `contract` for a
 * body beyond the cap, the end's reason, and what the connection throws as it is.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  end: CallEnd,
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

    function fail(reason: Error) {
      end.off("abort", stop);
      reject(reason);
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
      onResponseStart(_, answered, given) {
        if (answered < 200) return;
        status = answered;
        headers = given;
        if (Number(headers["content-length"]) > MAX_BODY_BYTES) fail(tooLarge());
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) fail(tooLarge());
        else chunks.push(chunk);
      },
      onResponseEnd() {
        end.off("abort", stop);
        const [only] = chunks;
        resolve({ status, headers, bytes: only && chunks.length === 1 ? only : Buffer.concat(chunks, size) });
      },
      onResponseError: (_, error) => fail(error),
    });
  });
}
