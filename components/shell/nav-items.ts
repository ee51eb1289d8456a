import { Radar, Search, Settings, Star } from "lucide-react";

export const NAV_ITEMS = [
  { href: "/", label: "Search", icon: Search },
  { href: "/favorites", label: "Favorites", icon: Star },
  { href: "/providers", label: "Providers", icon: Radar },
  { href: "/settings", label: "Settings", icon: Settings },
] as const;

/** Search owns titles too: that is where one comes to them from. */
export function isCurrent(href: string, pathname: string): boolean {
  if (href === "/") return pathname === "/" || pathname.startsWith("/titles/");
  return pathname === href || pathname.startsWith(`${href}/`);
}
