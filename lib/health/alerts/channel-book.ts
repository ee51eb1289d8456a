import { AppError } from "@/lib/errors";
import type { ChannelStore, StoredChannel } from "./alert-store";
import type { AlertChannel } from "./alerts";
import type { ChannelTarget } from "./channel";
import { type ChannelInput, type ChannelPatch, findTopicProblem } from "./channel-input";

const LOG: ChannelTarget = {
  id: "log",
  kind: "log",
  name: "Log",
  enabled: true,
  url: null,
  secret: null,
  secretUnreadable: false,
};

/** All channels: the log, the environment's, and those that admins made. Read from memory, written through. */
export interface ChannelBook {
  load(): Promise<void>;
  /** In the order in which they are listed. */
  all(): ChannelTarget[];
  find(id: string): ChannelTarget | null;
  list(): AlertChannel[];
  add(input: ChannelInput): Promise<AlertChannel>;
  change(id: string, patch: ChannelPatch): Promise<AlertChannel>;
  remove(id: string): Promise<void>;
}

interface ChannelBookOptions {
  store: ChannelStore;
  /** The webhook of the environment. */
  environment: { url: string; secret: string | null } | null;
  newId: () => string;
}

export function createChannelBook({ store, environment, newId }: ChannelBookOptions): ChannelBook {
  const fixed: readonly ChannelTarget[] = environment ? [LOG, toTarget(environment)] : [LOG];
  let stored: readonly StoredChannel[] = [];

  const all = () => [...fixed, ...stored];
  const find = (id: string) => all().find((channel) => channel.id === id) ?? null;

  async function load(): Promise<void> {
    stored = await store.list();
  }

  function get(id: string): AlertChannel {
    const channel = find(id);
    if (!channel) throw new AppError("not_found", "There is no such channel.");
    return toChannel(channel);
  }

  function getOwn(id: string): StoredChannel {
    const { source } = get(id);
    if (source === "builtin") throw new AppError("conflict", "The log is always there and cannot be changed.");
    if (source === "environment")
      throw new AppError("conflict", "This channel is set by HEALTH_ALERT_WEBHOOK_URL in the environment.");
    const own = stored.find((channel) => channel.id === id);
    if (!own) throw new AppError("not_found", "There is no such channel.");
    return own;
  }

  return {
    load,
    all,
    find,
    list: () => all().map(toChannel),
    async add(input) {
      const { kind, name, url, enabled } = input;
      const secret = input.kind === "webhook" ? input.secret : input.token;
      const id = newId();
      await store.save({ id, kind, name, url, enabled, secret });
      await load();
      return get(id);
    },
    async change(id, patch) {
      const { kind, ...own } = getOwn(id);
      refuseUnfit(kind, patch);
      const { name = own.name, url = own.url, enabled = own.enabled } = patch;
      const secret = kind === "webhook" ? patch.secret : patch.token;
      await store.save({ id, kind, name, url, enabled, ...(secret !== undefined && { secret }) });
      await load();
      return get(id);
    },
    async remove(id) {
      getOwn(id);
      await store.remove(id);
      await load();
    },
  };
}

function toTarget({ url, secret }: { url: string; secret: string | null }): ChannelTarget {
  const name = "Webhook of the environment";
  return { id: "environment", kind: "webhook", name, enabled: true, url, secret, secretUnreadable: false };
}

/** Path and parameters of the environment's address may be a secret; those of an admin's own are theirs to see. */
function toChannel({ id, kind, name, enabled, url, secret, secretUnreadable }: ChannelTarget): AlertChannel {
  const source = id === "log" ? "builtin" : id === "environment" ? "environment" : "admin";
  const shown = source === "environment" && url !== null ? new URL(url).origin : url;
  const hasSecret = secret !== null || secretUnreadable;
  return { id, kind, name, enabled, source, url: shown, hasSecret, secretUnreadable };
}

function refuseUnfit(kind: StoredChannel["kind"], patch: ChannelPatch): void {
  const other = kind === "webhook" ? "token" : "secret";
  if (patch[other] !== undefined) throw refusal(other, `A channel of the kind ${kind} has no ${other}.`);
  const problem = kind === "ntfy" && patch.url !== undefined ? findTopicProblem(patch.url) : null;
  if (problem) throw refusal("url", problem);
}

function refusal(field: string, message: string): AppError {
  return new AppError("bad_request", message, { errors: [{ pointer: `/${field}`, message, code: "custom" }] });
}
