"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { FiringBadge } from "@/components/alerts/firing-badge";
import { classNames } from "@/components/ui/class-names";
import { isCurrent, NAV_ITEMS } from "./nav-items";

/** The places of the app under the thumb, on narrow screens. */
export function BottomBar() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-40 border-line border-t bg-surface-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid h-15 grid-cols-5">
        {NAV_ITEMS.filter(({ inBottomBar }) => inBottomBar).map(({ href, label, icon: Icon }) => {
          const current = isCurrent(href, pathname);
          return (
            <li key={href} className="contents">
              <Link
                href={href}
                aria-current={current ? "page" : undefined}
                className={classNames(
                  "relative flex flex-col items-center justify-center gap-1 text-xs focus-visible:-outline-offset-4",
                  current
                    ? "font-medium text-ink-1 before:absolute before:top-0 before:h-0.5 before:w-10 before:bg-accent"
                    : "text-ink-2",
                )}
              >
                <Icon aria-hidden="true" className={classNames("size-5", current && "text-accent")} />
                {label}
                {href === "/alerts" ? <FiringBadge className="absolute top-1 left-1/2 ml-1" /> : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
