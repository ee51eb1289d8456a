import { Checkbox } from "@/components/ui/checkbox";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

export type ChannelFormKind = "webhook" | "ntfy";

interface ChannelFormProps {
  /** Null: a new one. */
  channel: { id: string; name: string; url: string; enabled: boolean; hasSecret: boolean } | null;
  kind: ChannelFormKind;
  save: (form: FormData) => Promise<void>;
  /** What was typed and refused, by field. */
  typed: Readonly<Record<string, string>>;
  errorOf: (field: string) => string | null;
}

const SECRETS = {
  webhook: {
    field: "secret",
    label: "Secret",
    hint: "Signs each message (HMAC-SHA256), so that the receiver can tell it is ours.",
  },
  ntfy: { field: "token", label: "Access token", hint: "For a topic that not everybody may write to." },
} as const;

const URL_HINTS = {
  webhook: "Gets a POST with JSON for each alert that fires or ends.",
  ntfy: "Ends with the topic, as in https://ntfy.sh/my-topic.",
} as const;

/** A webhook or an ntfy topic. A secret is never shown: what is left empty stays as it is. */
export function ChannelForm({ channel, kind, save, typed, errorOf }: ChannelFormProps) {
  const prefix = `channel-${channel?.id ?? `new-${kind}`}`;
  const secret = SECRETS[kind];
  const secretHint = channel?.hasSecret
    ? `${secret.hint} Set; leave empty to keep it.`
    : `${secret.hint} May be empty.`;
  const control = (field: string) => ({
    ...fieldControl(`${prefix}-${field}`, { hint: field !== "name", error: errorOf(field) }),
    name: field,
    autoComplete: "off",
  });
  return (
    <form action={save} className="grid gap-4 sm:grid-cols-2">
      <input type="hidden" name="kind" value={kind} />
      {channel ? <input type="hidden" name="id" value={channel.id} /> : null}
      <Field label="Name" id={`${prefix}-name`} error={errorOf("name")}>
        <Input {...control("name")} defaultValue={typed["name"] ?? channel?.name} maxLength={60} required />
      </Field>
      <Field label="Address" id={`${prefix}-url`} hint={URL_HINTS[kind]} error={errorOf("url")}>
        <Input
          {...control("url")}
          type="url"
          inputMode="url"
          defaultValue={typed["url"] ?? channel?.url}
          maxLength={2000}
          required
        />
      </Field>
      <Field label={secret.label} id={`${prefix}-${secret.field}`} hint={secretHint} error={errorOf(secret.field)}>
        <Input {...control(secret.field)} type="password" autoComplete="new-password" maxLength={2000} />
      </Field>
      <div className="flex flex-col justify-center">
        <Checkbox name="enabled" label="Switched on" defaultChecked={channel?.enabled ?? true} />
        {channel?.hasSecret ? <Checkbox name="clear" label={`Remove the ${secret.label.toLowerCase()}`} /> : null}
      </div>
      <div className="sm:col-span-2">
        <SubmitButton variant="primary" size="sm">
          {channel ? "Save" : "Add the channel"}
        </SubmitButton>
      </div>
    </form>
  );
}
