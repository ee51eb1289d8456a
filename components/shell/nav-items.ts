import { BellRing, type LucideIcon, Radar, Search, Settings, Star, Waypoints } from "lucide-react";
import type { Route } from "next";

export interface NavItem {
  href: Route;
  label: string;
  icon: LucideIcon;
  /** Under the thumb there is room for five. */
  inBottomBar: boolean;
  /** From which width on the header has it. */
  inHeaderFrom: "md" | "lg";
}

export const NAV_ITEMS: readonly NavItem[] = [
  { href: "/", label: "Search", icon: Search, inBottomBar: true, inHeaderFrom: "md" },
  { href: "/favorites", label: "Favorites", icon: Star, inBottomBar: true, inHeaderFrom: "md" },
  { href: "/providers", label: "Providers", icon: Radar, inBottomBar: true, inHeaderFrom: "md" },
  { href: "/alerts", label: "Alerts", icon: BellRing, inBottomBar: true, inHeaderFrom: "md" },
  { href: "/topology", label: "Topology", icon: Waypoints, inBottomBar: false, inHeaderFrom: "lg" },
  { href: "/settings", label: "Settings", icon: Settings, inBottomBar: true, inHeaderFrom: "lg" },
];

/** Search owns titles too: that is where one comes to them from. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/" || pathname.startsWith("/titles/");
  return pathname === href || pathname.startsWith(`${href}/`);
}
