import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/accounts/viewer";
import { listApiKeys } from "@/lib/db/api-keys";
import { listSessions } from "@/lib/db/sessions";
import { getEdgeContext } from "@/lib/http/edge-context";
import { findFlash } from "@/lib/http/flash";
import { getRuntime } from "@/lib/runtime";
import { ApiKeys } from "./_components/api-keys";
import { PasswordForm } from "./_components/password-form";
import { ProfileForm } from "./_components/profile-form";
import { ProvidersForm } from "./_components/providers-form";
import { ReadingForm } from "./_components/reading-form";
import { Sessions } from "./_components/sessions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ searchParams }: PageProps<"/settings">) {
  const viewer = await requireViewer();
  const { db, clock } = getEdgeContext();
  const now = clock();
  const [flash, keys, sessions] = await Promise.all([
    findFlash((await searchParams)["said"]),
    listApiKeys(db.client, viewer.id),
    listSessions(db.client, viewer.id, new Date(now)),
  ]);
  const currentId = viewer.credential.kind === "session" ? viewer.credential.sessionId : null;
  const providers = getRuntime()
    .providers.list()
    .filter(({ enabled }) => enabled);

  return (
    <>
      <PageHeader
        title="Settings"
        actions={viewer.role === "admin" ? <ButtonLink href="/admin">Accounts</ButtonLink> : null}
      />
      <div className="flex flex-col gap-4">
        <ProfileForm viewer={viewer} flash={flash} />
        <ReadingForm viewer={viewer} flash={flash} />
        <ProvidersForm viewer={viewer} providers={providers} flash={flash} />
        <PasswordForm viewer={viewer} flash={flash} />
        <ApiKeys viewer={viewer} keys={keys} now={now} flash={flash} />
        <Sessions sessions={sessions} currentId={currentId} timeZone={viewer.timeZone} now={now} flash={flash} />
      </div>
    </>
  );
}
