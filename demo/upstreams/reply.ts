/** An HTTP answer before it is sent. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

export function reply(contentType: string) {
  return (status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Reply => ({
    status,
    headers: { "content-type": contentType, ...headers },
    body,
  });
}

export const replyText = reply("text/plain; charset=utf-8");
export const replyHtml = reply("text/html; charset=UTF-8");

export function replyJson(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return reply("application/json")(status, JSON.stringify(value), headers);
}
