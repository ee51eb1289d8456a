import type { Metadata } from "next";
import { z } from "zod";
import { SettingsSection } from "@/components/settings/settings-section";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireAdmin } from "@/lib/accounts/viewer";
import { listUsers } from "@/lib/db/users";
import { getEdgeContext } from "@/lib/http/edge-context";
import { findFlash } from "@/lib/http/flash";
import { AccountTable } from "./_components/account-table";
import { NewAccountForm } from "./_components/new-account-form";

export const metadata: Metadata = { title: "Accounts" };

const LIMIT = 50;
const pageSchema = z.coerce.number().int().min(1).catch(1);

export default async function AdminPage({ searchParams }: PageProps<"/admin">) {
  await requireAdmin();
  const { said, page: wanted } = await searchParams;
  const { db, clock } = getEdgeContext();
  const page = pageSchema.parse(wanted);
  const [flash, { users, total }] = await Promise.all([findFlash(said), listUsers(db.client, { page, limit: LIMIT })]);

  return (
    <>
      <PageHeader title="Accounts" description="Who can sign in here, and as what. Changes hold at once." />
      <div className="flex flex-col gap-4">
        <SettingsSection id="accounts" title="All accounts" flash={flash}>
          <AccountTable users={users} now={clock()} />
          <Pagination
            page={page}
            limit={LIMIT}
            total={total}
            toHref={(number) => `/admin?page=${number}`}
            noun="accounts"
          />
        </SettingsSection>
        <NewAccountForm flash={flash} />
      </div>
    </>
  );
}
