import { AlertHead, Deliveries, Marks, MemberLinks } from "./alert-card";
import type { AlertView } from "./alert-view";

/** What is over, newest first: one line each, the rest on demand. */
export function PastAlerts({ alerts }: { alerts: readonly AlertView[] }) {
  return (
    <ul className="border-line border-t">
      {alerts.map((alert) => (
        <li
          key={alert.id}
          id={`alert-${alert.id}`}
          className="scroll-mt-20 border-line border-b py-3 target:bg-accent-soft"
        >
          <AlertHead alert={alert} />
          <p className="mt-1 max-w-prose text-pretty text-ink-2">{alert.text}</p>
          <MemberLinks alert={alert} />
          <Marks alert={alert} />
          {alert.deliveries && alert.deliveries.length > 0 ? (
            <details className="mt-1.5">
              <summary className="touch link w-fit text-ink-2 text-xs">What was sent</summary>
              <Deliveries alert={alert} />
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
