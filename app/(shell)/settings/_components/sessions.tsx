import { SettingsSection } from "@/components/settings/settings-section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { SessionRow } from "@/lib/db/sessions";
import { formatInstant, formatRelative } from "@/lib/format";
import type { Flash } from "@/lib/http/flash";
import { revokeOtherSessionsAction, revokeSessionAction } from "../actions";

interface SessionsProps {
  sessions: readonly SessionRow[];
  currentId: string | null;
  timeZone: string;
  now: number;
  flash: Flash | null;
}

export function Sessions({ sessions, currentId, timeZone, now, flash }: SessionsProps) {
  return (
    <SettingsSection
      id="sessions"
      title="Sessions"
      description="Where you are signed in. A session ends after 30 days unused, and after 90 days in any case."
      flash={flash}
    >
      <ul className="flex flex-col divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0">
            <div className="min-w-0">
              <p className="font-medium">
                {toDeviceName(session.userAgent)}{" "}
                {session.id === currentId ? <Badge tone="accent">this browser</Badge> : null}
              </p>
              <p className="text-ink-3 text-xs">
                Signed in {formatInstant(session.createdAt.getTime(), timeZone)} from {session.address} · last seen{" "}
                {formatRelative(session.lastSeenAt.getTime(), now)}
              </p>
            </div>
            {session.id === currentId ? null : (
              <form action={revokeSessionAction}>
                <input type="hidden" name="id" value={session.id} />
                <Button type="submit" variant="danger" size="sm">
                  End session
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <form action={revokeOtherSessionsAction} className="mt-4">
          <Button type="submit">End all other sessions</Button>
        </form>
      ) : null}
    </SettingsSection>
  );
}

const BROWSERS = [
  [/Firefox\//, "Firefox"],
  [/Edg\//, "Edge"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** "Firefox on Linux"; what the client calls itself when it is none of the usual ones. */
function toDeviceName(userAgent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[]) => names.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (browser) return system ? `${browser} on ${system}` : browser;
  return userAgent.split(" ")[0] || "Unknown client";
}
