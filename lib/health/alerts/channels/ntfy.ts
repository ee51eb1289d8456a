import type { AlertPayload, SendMessage } from "../channel";
import type { PostJson } from "./post-json";

const PRIORITIES = { critical: 5, warning: 4, info: 3 } as const;
const NORMAL_PRIORITY = 3;

/** Published as JSON to the server's root: titles and texts of any language need no header for it. */
export function createNtfy(post: PostJson): SendMessage {
  return ({ url, secret }, { key, payload }) => {
    const address = new URL(url ?? "");
    // Safe because the payload is of our own making.
    const alert = JSON.parse(payload) as AlertPayload;
    const topic = decodeURIComponent(address.pathname.split("/").filter(Boolean).at(-1) ?? "");
    return post({
      url: new URL("/", address).href,
      body: JSON.stringify({ topic, ...toNotice(alert) }),
      headers: { "idempotency-key": key, ...(secret !== null && { authorization: `Bearer ${secret}` }) },
    });
  };
}

function toNotice({ event, rule, severity, provider_name: name, text, url }: AlertPayload) {
  const about = name ?? "Yagura";
  const isOver = event === "resolved";
  return {
    title: isOver ? `${about}: over` : `${about}: ${rule}`,
    message: text,
    priority: isOver ? NORMAL_PRIORITY : PRIORITIES[severity],
    tags: [isOver ? "white_check_mark" : severity === "critical" ? "rotating_light" : "warning"],
    ...(url !== null && { click: url }),
  };
}
