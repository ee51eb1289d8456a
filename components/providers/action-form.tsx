"use client";

import { type FormEvent, type ReactNode, useTransition } from "react";
import { useToast } from "@/components/ui/toast";
import type { ProviderAction } from "./provider-row";

interface ActionFormProps {
  action: ProviderAction;
  /** Hidden fields. */
  fields?: Readonly<Record<string, string>>;
  /** Told when the work begins, and when it ended well. */
  onBegin?: (form: FormData) => void;
  onDone?: () => void;
  className?: string;
  children: (busy: boolean) => ReactNode;
}

/** A form of a server action: with JavaScript the page stays as it is and a notice says what came of it, without it comes anew. */
export function ActionForm({ action, fields = {}, onBegin, onDone, className, children }: ActionFormProps) {
  const [busy, start] = useTransition();
  const toast = useToast();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (busy) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = new FormData(event.currentTarget, submitter);
    onBegin?.(form);
    start(async () => {
      // A rejection is a connection that broke: what the server refuses is an answer.
      const result = await action.now(form).catch(() => null);
      toast.show(toNotice(result));
      if (result?.ok) onDone?.();
    });
  }

  return (
    <form action={action.form} onSubmit={submit} className={className}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(busy)}
    </form>
  );
}

function toNotice(result: Awaited<ReturnType<ProviderAction["now"]>> | null): { title: string; description?: string } {
  if (!result) return { title: "The server did not answer", description: "Check the connection and try again." };
  if (result.ok) return { title: result.value };
  const { title, errors } = result.error;
  return { title, ...(errors.length > 0 && { description: errors.map(({ message }) => message).join(" ") }) };
}
