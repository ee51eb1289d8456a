import { ChannelList, type RefusedChannel } from "@/components/alerts/channel-list";
import { Notice } from "@/components/ui/notice";
import type { AlertChannel } from "@/lib/health/alerts/alerts";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { addChannelAction, removeChannelAction, saveChannelAction, testChannelAction } from "../actions";

interface ChannelsProps {
  channels: readonly AlertChannel[];
  flash: Flash | null;
}

/** For admins: where alerts go, each with a test. */
export function Channels({ channels, flash }: ChannelsProps) {
  const message = flash?.form === "channels" ? flash : null;
  return (
    <section id="channels" aria-labelledby="channels-title" className="mt-10 scroll-mt-20">
      <h2 id="channels-title" className="text-lg">
        Channels
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-ink-2">
        Each alert is sent to all that are switched on, when it fires and when it is over. What cannot be sent is tried
        again for a day, also after a restart.
      </p>
      {message ? (
        <Notice tone={message.ok ? "good" : "bad"} role={message.ok ? "status" : "alert"} className="mb-4">
          {message.text}
        </Notice>
      ) : null}
      <ChannelList
        channels={channels}
        actions={{
          add: addChannelAction,
          save: saveChannelAction,
          remove: removeChannelAction,
          test: testChannelAction,
        }}
        refused={toRefused(message)}
      />
    </section>
  );
}

function toRefused(flash: Flash | null): RefusedChannel | null {
  if (!flash || flash.ok || !flash.values["kind"]) return null;
  return {
    id: flash.values["id"] ?? null,
    kind: flash.values["kind"],
    typed: flash.values,
    errorOf: (field) => findFieldError(flash, "channels", field),
  };
}
