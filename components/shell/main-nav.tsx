"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { FiringBadge } from "@/components/alerts/firing-badge";
import { classNames } from "@/components/ui/class-names";
import { isCurrent, NAV_ITEMS } from "./nav-items";

/** The places of the app: words in the header. */
export function MainNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="hidden h-full gap-1 md:flex">
      {NAV_ITEMS.map(({ href, label, inHeaderFrom }) => {
        const current = isCurrent(href, pathname);
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "relative items-center px-2.5 transition-colors hover:text-ink-1",
              current
                ? "font-medium text-ink-1 after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5 after:bg-accent"
                : "text-ink-2",
              inHeaderFrom === "md" ? "flex" : "hidden lg:flex",
            )}
          >
            {label}
            {href === "/alerts" ? <FiringBadge className="ml-1.5" /> : null}
          </Link>
        );
      })}
    </nav>
  );
}
