/** An answer with a status or headers of its own; a handler that returns a plain value gets 200 (or the definition's status). */
export interface Reply<Body = unknown> {
  readonly [REPLY]: true;
  status: number | null;
  headers: Headers;
  body: Body;
}

const REPLY: unique symbol = Symbol.for("yagura.reply");

export function reply<Body>(options: { status?: number; headers?: HeadersInit; body: Body }): Reply<Body> {
  return {
    [REPLY]: true,
    status: options.status ?? null,
    headers: new Headers(options.headers),
    body: options.body,
  };
}

export function isReply(value: unknown): value is Reply {
  return typeof value === "object" && value !== null && REPLY in value;
}
