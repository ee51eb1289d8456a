import { FileText, type LucideIcon, Megaphone, Plus, SlidersHorizontal, Webhook } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button-class";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChannelKind } from "@/lib/health/alerts/alert";
import type { AlertChannel } from "@/lib/health/alerts/alerts";
import { CHANNEL_WORDS } from "./alert-words";
import { ChannelForm, type ChannelFormKind } from "./channel-form";

type FormAction = (form: FormData) => Promise<void>;

export interface ChannelActions {
  add: FormAction;
  save: FormAction;
  remove: FormAction;
  test: FormAction;
}

/** A form that was refused: which one, what was typed, what is wrong with it. */
export interface RefusedChannel {
  /** Null: the form of a new one. */
  id: string | null;
  kind: string;
  typed: Readonly<Record<string, string>>;
  errorOf: (field: string) => string | null;
}

interface ChannelListProps {
  channels: readonly AlertChannel[];
  actions: ChannelActions;
  refused: RefusedChannel | null;
}

const ICONS = { log: FileText, webhook: Webhook, ntfy: Megaphone } as const satisfies Record<ChannelKind, LucideIcon>;
const NEW_KINDS = ["webhook", "ntfy"] as const satisfies readonly ChannelFormKind[];
const noError = () => null;

/** Where alerts are sent to. Plain forms: everything works without script. */
export function ChannelList({ channels, actions, refused }: ChannelListProps) {
  return (
    <>
      <ul className="border-line border-t">
        {channels.map((channel) => (
          <ChannelRow
            key={channel.id}
            channel={channel}
            actions={actions}
            refused={refused?.id === channel.id ? refused : null}
          />
        ))}
      </ul>
      <div className="mt-4 flex flex-col items-start gap-2">
        {NEW_KINDS.map((kind) => {
          const wrong = refused?.id === null && refused.kind === kind ? refused : null;
          return (
            <details key={kind} open={wrong !== null} className="w-full">
              <summary className={`${buttonClass({ size: "sm" })} w-fit`}>
                <Plus aria-hidden="true" className="size-4" />
                Add {kind === "webhook" ? "a webhook" : "an ntfy topic"}
              </summary>
              <div className="mt-3 rounded-lg border border-line bg-surface-2 p-4">
                <ChannelForm
                  channel={null}
                  kind={kind}
                  save={actions.add}
                  typed={wrong?.typed ?? {}}
                  errorOf={wrong?.errorOf ?? noError}
                />
              </div>
            </details>
          );
        })}
      </div>
    </>
  );
}

function ChannelRow({
  channel,
  actions,
  refused,
}: {
  channel: AlertChannel;
  actions: ChannelActions;
  refused: RefusedChannel | null;
}) {
  const { id, kind, name, enabled, source, url, hasSecret, secretUnreadable } = channel;
  const Icon = ICONS[kind];
  return (
    <li className="border-line border-b py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-64 items-start gap-3">
          <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium">{name}</span>
              {kind === "log" ? null : <Badge>{CHANNEL_WORDS[kind]}</Badge>}
              {enabled ? null : <Badge>switched off</Badge>}
              {source === "environment" ? <Badge>from the environment</Badge> : null}
              {hasSecret ? <Badge>{kind === "ntfy" ? "token set" : "signed"}</Badge> : null}
              {secretUnreadable ? <Badge tone="attention">its secret has to be given again</Badge> : null}
            </p>
            <p className="break-all text-ink-3 text-xs">{url ?? "A line in the log of Yagura for each alert."}</p>
          </div>
        </div>
        <form action={actions.test}>
          <input type="hidden" name="id" value={id} />
          <SubmitButton size="sm" variant="quiet" aria-label={`Send a test to ${name}`}>
            Send a test
          </SubmitButton>
        </form>
      </div>
      {source === "admin" && kind !== "log" && url !== null ? (
        <details open={refused !== null} className="mt-1 ml-7">
          <summary
            className={`${buttonClass({ variant: "quiet", size: "sm" })} -ml-3 w-fit`}
            aria-label={`Change ${name}`}
          >
            <SlidersHorizontal aria-hidden="true" className="size-4" /> Change
          </summary>
          <div className="mt-2 rounded-lg border border-line bg-surface-2 p-4">
            <ChannelForm
              channel={{ id, name, url, enabled, hasSecret }}
              kind={kind}
              save={actions.save}
              typed={refused?.typed ?? {}}
              errorOf={refused?.errorOf ?? noError}
            />
            <form
              action={actions.remove}
              className="mt-4 flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4"
            >
              <input type="hidden" name="id" value={id} />
              <span className="text-ink-2 text-xs">What waits for it is not sent any more.</span>
              <SubmitButton size="sm" variant="danger" aria-label={`Delete ${name}`}>
                Delete
              </SubmitButton>
            </form>
          </div>
        </details>
      ) : null}
    </li>
  );
}
