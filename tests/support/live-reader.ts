export interface LiveMessage {
  id: string;
  event: string;
  // Safe to be read as anything: a test says what it expects.
  data: Record<string, unknown>;
}

export interface LiveReader {
  status: number;
  headers: Headers;
  messages: LiveMessage[];
  /** The first that fits, also one that has come already. */
  until(fits: (message: LiveMessage) => boolean, timeoutMs?: number): Promise<LiveMessage>;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 60_000;

/** Reads server-sent events as a browser would. */
export async function openLive(url: string, headers: Record<string, string>): Promise<LiveReader> {
  const left = new AbortController();
  const response = await fetch(url, { headers, signal: left.signal });
  const messages: LiveMessage[] = [];
  const waiting = new Set<() => void>();

  async function read(): Promise<void> {
    if (!response.ok || !response.body) return;
    let text = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = new Map(
          block.split("\n").flatMap((line) => {
            const at = line.indexOf(": ");
            return at > 0 ? [[line.slice(0, at), line.slice(at + 2)] as const] : [];
          }),
        );
        const data = fields.get("data");
        if (data)
          messages.push({ id: fields.get("id") ?? "", event: fields.get("event") ?? "", data: JSON.parse(data) });
      }
      for (const wake of waiting) wake();
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    messages,
    async until(fits, timeoutMs = TIMEOUT_MS) {
      const deadline = Date.now() + timeoutMs;
      while (true) {
        const found = messages.find(fits);
        if (found) return found;
        const leftMs = deadline - Date.now();
        if (leftMs <= 0) throw new Error(`No such message among: ${JSON.stringify(messages).slice(0, 2000)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, leftMs);
          function done(): void {
            clearTimeout(timer);
            waiting.delete(done);
            resolve();
          }
          waiting.add(done);
        });
      }
    },
    ended: read().catch((error: unknown) => {
      if (!left.signal.aborted) throw error;
    }),
    close: () => left.abort(),
  };
}
