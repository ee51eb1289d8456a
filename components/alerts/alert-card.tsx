import { BellOff, CircleCheck, CircleX, Hourglass, type LucideIcon, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DeliveryState } from "@/lib/health/alerts/alert";
import type { AlertView, DeliveryView } from "./alert-view";
import { SNOOZES } from "./alert-words";
import { SeverityMark } from "./severity-mark";

type FormAction = (form: FormData) => Promise<void>;

/** What an admin may do with an alert. */
export interface AlertActions {
  acknowledge: FormAction;
  snooze: FormAction;
}

/** Something that is wrong now: what, since when, who cares, and what was sent of it. */
export function AlertCard({ alert, actions }: { alert: AlertView; actions: AlertActions | null }) {
  return (
    <Card as="li" id={`alert-${alert.id}`} className="scroll-mt-20">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <AlertHead alert={alert} />
          <p className="mt-1.5 max-w-prose text-pretty">{alert.text}</p>
          <MemberLinks alert={alert} />
          <Marks alert={alert} />
        </div>
        {actions ? <Controls alert={alert} actions={actions} /> : null}
      </div>
      <Deliveries alert={alert} />
    </Card>
  );
}

export function AlertHead({ alert }: { alert: AlertView }) {
  const only = alert.providers.length === 1 ? alert.providers[0] : undefined;
  return (
    <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-sans text-sm tracking-normal">
      <SeverityMark severity={alert.severity} over={alert.isOver} />
      <span className="font-semibold text-ink-1">
        {only ? (
          <>
            <ProviderLink {...only} inline />:{" "}
          </>
        ) : null}
        {only ? alert.title.charAt(0).toLowerCase() + alert.title.slice(1) : alert.title}
      </span>
      <time dateTime={alert.startedAt} title={alert.startedInstant} className="font-normal text-ink-3 text-xs">
        {alert.span ?? `since ${alert.started}`}
      </time>
    </h3>
  );
}

/** Of an alert about several providers; that of one is in its heading. */
export function MemberLinks({ alert }: { alert: AlertView }) {
  if (alert.providers.length < 2) return null;
  return (
    <ul aria-label="Providers" className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {alert.providers.map(({ id, name }) => (
        <li key={id}>
          <ProviderLink id={id} name={name} />
        </li>
      ))}
    </ul>
  );
}

function ProviderLink({ id, name, inline = false }: { id: string; name: string; inline?: boolean }) {
  return (
    <Link
      href={`/providers/${encodeURIComponent(id)}`}
      prefetch={false}
      className={classNames("link", !inline && "touch")}
    >
      {name}
    </Link>
  );
}

export function Marks({ alert }: { alert: AlertView }) {
  if (!alert.care && !alert.snooze) return null;
  return (
    <p className="mt-2.5 flex flex-wrap gap-1.5">
      {alert.care ? (
        <Badge tone="accent" className="whitespace-normal">
          <UserRoundCheck aria-hidden="true" /> {alert.care}
        </Badge>
      ) : null}
      {alert.snooze ? (
        <Badge>
          <BellOff aria-hidden="true" /> {alert.snooze}
        </Badge>
      ) : null}
    </p>
  );
}

function Controls({ alert, actions }: { alert: AlertView; actions: AlertActions }) {
  const about = `${alert.title}, ${alert.providers.map(({ name }) => name).join(", ")}`;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <form action={actions.snooze} className="flex items-center gap-2">
        <input type="hidden" name="id" value={alert.id} />
        <Select name="minutes" aria-label={`Snooze for (${about})`} defaultValue={60} className="w-34">
          {SNOOZES.map(({ minutes, words }) => (
            <option key={minutes} value={minutes}>
              {words}
            </option>
          ))}
        </Select>
        <SubmitButton className="h-10" aria-label={`Snooze: ${about}`}>
          Snooze
        </SubmitButton>
      </form>
      {alert.care === null ? (
        <form action={actions.acknowledge}>
          <input type="hidden" name="id" value={alert.id} />
          <SubmitButton variant="primary" className="h-10" aria-label={`Acknowledge: ${about}`}>
            Acknowledge
          </SubmitButton>
        </form>
      ) : null}
    </div>
  );
}

const DELIVERY_MARKS = {
  delivered: { icon: CircleCheck, tone: "text-signal-ok" },
  waiting: { icon: Hourglass, tone: "text-signal-warn" },
  failed: { icon: CircleX, tone: "text-signal-bad" },
} as const satisfies Record<DeliveryState, { icon: LucideIcon; tone: string }>;

/** For admins: what was told to whom. */
export function Deliveries({ alert }: { alert: AlertView }) {
  const { deliveries } = alert;
  if (!deliveries) return null;
  if (deliveries.length === 0) return <p className="mt-3 text-ink-3 text-xs">Nothing was sent of it.</p>;
  return (
    <ul aria-label="Messages" className="mt-3 flex flex-col gap-1 border-line border-t pt-3 text-xs">
      {deliveries.map((delivery) => (
        <DeliveryLine key={delivery.id} delivery={delivery} />
      ))}
    </ul>
  );
}

function DeliveryLine({ delivery }: { delivery: DeliveryView }) {
  const { icon: Icon, tone } = DELIVERY_MARKS[delivery.state];
  return (
    <li className="flex items-start gap-1.5 text-ink-2">
      <Icon aria-hidden="true" className={classNames("mt-px size-3.5 shrink-0", tone)} />
      <span className="min-w-0 break-words">
        <span className="font-medium text-ink-1">{delivery.channel}</span> ·{" "}
        {delivery.event === "firing" ? "firing" : "over"} · {delivery.words}
      </span>
    </li>
  );
}
