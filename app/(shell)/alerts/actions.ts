"use server";

import { z } from "zod";
import { SNOOZES } from "@/components/alerts/alert-words";
import { AppError } from "@/lib/errors";
import { formatClock, formatMs } from "@/lib/format";
import { channelPatchSchema, channelPostSchema } from "@/lib/health/alerts/channel-input";
import { formAction } from "@/lib/http/form-action";
import { getRuntime } from "@/lib/runtime";

const firing = { access: "admin", backTo: "/alerts", form: "firing" } as const;
const channels = { access: "admin", backTo: "/alerts", form: "channels" } as const;
const one = z.object({ id: z.string() });

const acknowledge = formAction({ ...firing, input: one }, async ({ viewer, input: { id } }) => {
  await getRuntime().alerts.acknowledge(id, viewer.email);
  return "You take care of it.";
});

const minutes = z.coerce.number().pipe(z.literal(SNOOZES.map((choice) => choice.minutes)));

const snooze = formAction({ ...firing, input: one.extend({ minutes }) }, async ({ viewer, input }) => {
  const { snoozedUntil } = await getRuntime().alerts.snooze(input.id, input.minutes);
  const until = snoozedUntil === null ? "" : ` until ${formatClock(snoozedUntil, viewer.timeZone, Date.now())}`;
  return `The same is not told again${until}.`;
});

const KEPT = ["id", "kind", "name", "url"];

const addChannel = formAction(
  { ...channels, keep: KEPT, input: z.preprocess(toNewChannel, channelPostSchema) },
  async ({ input }) => {
    const { name } = await getRuntime().alerts.addChannel(input);
    return `${name} is added. Send it a test.`;
  },
);

const saveChannel = formAction(
  { ...channels, keep: KEPT, input: z.preprocess(toChange, channelPatchSchema.extend({ id: z.string() })) },
  async ({ input: { id, ...patch } }) => {
    const { name } = await getRuntime().alerts.changeChannel(id, patch);
    return `${name} is saved.`;
  },
);

const removeChannel = formAction({ ...channels, input: one }, async ({ input: { id } }) => {
  await getRuntime().alerts.removeChannel(id);
  return "The channel is deleted.";
});

const testChannel = formAction({ ...channels, input: one }, async ({ input: { id } }) => {
  const { delivered, error, tookMs } = await getRuntime().alerts.testChannel(id);
  if (!delivered) throw new AppError("unavailable", `The test did not arrive: ${error ?? "no answer"}`);
  return `The test arrived after ${formatMs(tookMs)}.`;
});

/** The fields of a form as the API takes them: an empty secret is none. */
function toNewChannel(fields: unknown): unknown {
  const { kind, name, url, enabled, secret, token } = toTexts(fields);
  const given = kind === "ntfy" ? { token: token || null } : { secret: secret || null };
  return { kind, name, url, enabled: enabled === "on", ...given };
}

/** An empty secret stays as it is. */
function toChange(fields: unknown): unknown {
  const { id, kind, name, url, enabled, secret, token, clear } = toTexts(fields);
  const field = kind === "ntfy" ? "token" : "secret";
  const value = kind === "ntfy" ? token : secret;
  const change = clear === "on" ? { [field]: null } : value ? { [field]: value } : {};
  return { id, name, url, enabled: enabled === "on", ...change };
}

const texts = z.partialRecord(
  z.enum(["id", "kind", "name", "url", "enabled", "secret", "token", "clear"]),
  z.string().optional().catch(undefined),
);

function toTexts(fields: unknown): z.infer<typeof texts> {
  return texts.safeParse(fields).data ?? {};
}

export async function acknowledgeAction(form: FormData): Promise<void> {
  await acknowledge(form);
}

export async function snoozeAction(form: FormData): Promise<void> {
  await snooze(form);
}

export async function addChannelAction(form: FormData): Promise<void> {
  await addChannel(form);
}

export async function saveChannelAction(form: FormData): Promise<void> {
  await saveChannel(form);
}

export async function removeChannelAction(form: FormData): Promise<void> {
  await removeChannel(form);
}

export async function testChannelAction(form: FormData): Promise<void> {
  await testChannel(form);
}
