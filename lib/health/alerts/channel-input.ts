import { z } from "zod";
import { findBaseUrlProblem } from "@/lib/providers/base-url";

const LONGEST_TEXT = 2000;

const name = z.string().trim().min(1).max(60);
const secret = z.string().min(1).max(LONGEST_TEXT);

const url = z
  .string()
  .trim()
  .max(LONGEST_TEXT)
  .superRefine((text, context) => {
    const problem = findBaseUrlProblem(text);
    if (problem) context.addIssue({ code: "custom", message: problem.replace("base URL", "address") });
  });

const topicUrl = url.refine((text) => !URL.canParse(text) || new URL(text).pathname.length > 1, {
  message: "The address must end with a topic, as in https://ntfy.sh/my-topic.",
});

/** A new channel. `secret` signs webhooks, `token` is ntfy's access token; both are never shown again. */
export const channelPostSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("webhook"),
    name,
    url,
    secret: secret.nullable().default(null),
    enabled: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal("ntfy"),
    name,
    url: topicUrl,
    token: secret.nullable().default(null),
    enabled: z.boolean().default(true),
  }),
]);
export type ChannelInput = z.infer<typeof channelPostSchema>;

/** Absent stays; null clears a secret. */
export const channelPatchSchema = z
  .strictObject({ name, url, secret: secret.nullable(), token: secret.nullable(), enabled: z.boolean() })
  .partial();
export type ChannelPatch = z.infer<typeof channelPatchSchema>;

export function findTopicProblem(text: string): string | null {
  return topicUrl.safeParse(text).error?.issues[0]?.message ?? null;
}

const WEEK_MINUTES = 7 * 24 * 60;

export const snoozeSchema = z.strictObject({ minutes: z.int().min(1).max(WEEK_MINUTES) });
