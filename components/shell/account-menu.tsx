import { ChevronDown, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { classNames } from "@/components/ui/class-names";

export type Theme = "system" | "light" | "dark";

const THEMES = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

interface AccountMenuProps {
  name: string;
  email: string;
  theme: Theme;
  setTheme: (form: FormData) => Promise<void>;
  signOut: (form: FormData) => Promise<void>;
}

/** The browser's own popover and two forms: opens, closes and acts without a line of script. */
export function AccountMenu({ name, email, theme, setTheme, signOut }: AccountMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        className="touch inline-flex h-7 items-center gap-1 rounded-full border border-line pr-2 pl-2.5 text-ink-2 text-xs transition-colors hover:border-line-strong hover:text-ink-1"
      >
        <span className="sr-only">Account: </span>
        <span className="max-w-24 truncate">{name}</span>
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed top-12 right-[max(1rem,calc((100vw-var(--container-page))/2+1.5rem))] left-auto m-0 w-64 rounded-lg border border-line-strong bg-surface-2 p-2 text-ink-1 open:animate-appear"
      >
        <div className="px-2 pt-1 pb-2.5">
          <p className="truncate font-medium">{name}</p>
          <p className="truncate text-ink-3 text-xs">{email}</p>
        </div>
        <form action={setTheme} className="border-line border-t px-2 py-3">
          <fieldset>
            <legend className="mb-1.5 text-ink-3 text-xs">Theme</legend>
            <div className="grid grid-cols-3 gap-1">
              {THEMES.map(({ value, label, icon: Icon }) => (
                <button
                  type="submit"
                  key={value}
                  name="theme"
                  value={value}
                  aria-pressed={value === theme}
                  className={classNames(
                    "flex min-h-11 flex-col items-center justify-center gap-1 rounded-md border text-xs transition-colors",
                    value === theme
                      ? "border-accent bg-accent-soft text-ink-1"
                      : "border-transparent text-ink-2 hover:bg-surface-3",
                  )}
                >
                  <Icon aria-hidden="true" className="size-4" />
                  {label}
                </button>
              ))}
            </div>
          </fieldset>
        </form>
        <div className="flex flex-col border-line border-t pt-2">
          <Link href="/settings" className={classNames(buttonClass({ variant: "quiet" }), "justify-start px-2")}>
            <Settings aria-hidden="true" className="size-4" /> Settings
          </Link>
          <form action={signOut} className="contents">
            <button type="submit" className={classNames(buttonClass({ variant: "quiet" }), "justify-start px-2")}>
              <LogOut aria-hidden="true" className="size-4" /> Sign out
            </button>
          </form>
        </div>
      </div>
    </>
  );
}
