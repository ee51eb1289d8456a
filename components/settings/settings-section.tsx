import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Flash } from "@/lib/http/flash";

interface SettingsSectionProps {
  /** The form's name: where `#…` and the message of its action lead. */
  id: string;
  title: string;
  description?: ReactNode;
  flash: Flash | null;
  children: ReactNode;
}

/** One subject with its own form and, after a change, what came of it. */
export function SettingsSection({ id, title, description, flash, children }: SettingsSectionProps) {
  const message = flash?.form === id ? flash : null;
  return (
    <Card as="section" id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20">
      <h2 id={`${id}-title`} className="text-lg">
        {title}
      </h2>
      {description ? <p className="mt-1 max-w-prose text-ink-2">{description}</p> : null}
      {message ? (
        <Notice tone={message.ok ? "good" : "bad"} role={message.ok ? "status" : "alert"} className="mt-4">
          <p>{message.text}</p>
          {message.secret ? (
            <code className="mt-2 block select-all break-all rounded-sm bg-surface-3 px-2 py-1.5">
              {message.secret}
            </code>
          ) : null}
        </Notice>
      ) : null}
      <div className="mt-4">{children}</div>
    </Card>
  );
}
