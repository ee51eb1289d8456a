import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "./logo";
import { MainNav } from "./main-nav";

/** The bar on top: where one is, how the providers are, whose account this is. */
export function ShellHeader({ children }: { children: ReactNode }) {
  return (
    <header className="sticky top-0 z-40 border-line border-b bg-surface-1">
      <div className="mx-auto flex h-14 max-w-page items-center gap-5 px-4 sm:px-6">
        <Link href="/" aria-label="Yagura, to the search" className="rounded-sm">
          <Logo />
        </Link>
        <MainNav />
        <div className="ml-auto flex items-center gap-2.5">{children}</div>
      </div>
    </header>
  );
}
