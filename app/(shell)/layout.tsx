import { FiringCountScope } from "@/components/alerts/firing-count";
import { LiveScope } from "@/components/live/live-scope";
import { AccountMenu } from "@/components/shell/account-menu";
import { BottomBar } from "@/components/shell/bottom-bar";
import { ProvidersPill } from "@/components/shell/providers-pill";
import { ShellHeader } from "@/components/shell/shell-header";
import { Shortcuts } from "@/components/shell/shortcuts";
import { ToastProvider } from "@/components/ui/toast";
import { requireViewer } from "@/lib/accounts/viewer";
import { getRuntime } from "@/lib/runtime";
import { setThemeAction, signOutAction } from "./actions";

export default async function ShellLayout({ children }: LayoutProps<"/">) {
  const viewer = await requireViewer();
  return (
    <ToastProvider>
      <LiveScope audience={`${viewer.id} ${viewer.role} ${viewer.timeZone}`}>
        <FiringCountScope initial={countFiring()}>
          <a
            href="#content"
            className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            Skip to the content
          </a>
          <ShellHeader>
            <ProvidersPill {...countProviders()} />
            <AccountMenu
              name={viewer.name}
              email={viewer.email}
              theme={viewer.theme}
              setTheme={setThemeAction}
              signOut={signOutAction}
            />
          </ShellHeader>
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto max-w-page px-4 pt-6 pb-28 focus:outline-none sm:px-6 sm:pt-8 md:pb-16"
          >
            {children}
          </main>
          <BottomBar />
          <Shortcuts />
        </FiringCountScope>
      </LiveScope>
    </ToastProvider>
  );
}

function countProviders(): { up: number; total: number } {
  const { providers, health } = getRuntime();
  const enabled = providers.list().filter((provider) => provider.enabled && provider.initialized);
  return { up: enabled.filter(({ id }) => health.view(id).healthy).length, total: enabled.length };
}

function countFiring(): number {
  const { critical, warning, info } = getRuntime().alerts.countFiring();
  return critical + warning + info;
}
