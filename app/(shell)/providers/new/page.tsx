import type { Metadata } from "next";
import { KIND_WORDS } from "@/components/provider-page/kind-words";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireViewer } from "@/lib/accounts/viewer";
import { type Flash, findFieldError, findFlash } from "@/lib/http/flash";
import type { ProviderAdapter } from "@/lib/providers/provider";
import { getRuntime } from "@/lib/runtime";
import { SettingsFieldsView } from "../_components/settings-fields-view";
import { newConnectionFields } from "../settings-fields";
import { addProviderAction } from "./actions";

export const metadata: Metadata = { title: "Add a provider" };

const FORM = "status";

export default async function NewProviderPage({ searchParams }: PageProps<"/providers/new">) {
  const viewer = await requireViewer();
  const { adapter: asked, said } = await searchParams;
  if (viewer.role !== "admin") return <ForAdmins />;
  const adapters = getRuntime()
    .providers.adapters()
    .filter(({ multi }) => multi);
  const adapter = adapters.find(({ id }) => id === asked) ?? (adapters.length === 1 ? adapters[0] : undefined);
  const flash = await findFlash(said);
  return (
    <>
      <PageHeader
        title="Add a provider"
        description={
          adapter
            ? `One more of ${adapter.name}.`
            : "A catalogue or service of your own, beside those that are built in."
        }
        actions={<ButtonLink href="/providers">Back to the providers</ButtonLink>}
      />
      {adapter ? <AddForm adapter={adapter} flash={flash} /> : <AdapterChoice adapters={adapters} />}
    </>
  );
}

function ForAdmins() {
  return (
    <EmptyState
      heading="h1"
      title="This is for admins"
      actions={<ButtonLink href="/providers">To the providers</ButtonLink>}
    >
      Providers are set up by the admins of this instance. Ask one of them.
    </EmptyState>
  );
}

function AdapterChoice({ adapters }: { adapters: readonly ProviderAdapter[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {adapters.map(({ id, name, kind, configFields }) => (
        <Card key={id} as="li" className="flex flex-col gap-3">
          <div className="grow">
            <p className="text-ink-3 text-xs">{KIND_WORDS[kind]}</p>
            <h2 className="mt-1 text-lg">{name}</h2>
            <p className="mt-1 text-ink-2">Asks for: {configFields.map(({ label }) => label).join(", ")}.</p>
          </div>
          <ButtonLink href={`/providers/new?adapter=${id}`}>Set up {name}</ButtonLink>
        </Card>
      ))}
    </ul>
  );
}

function AddForm({ adapter, flash }: { adapter: ProviderAdapter; flash: Flash | null }) {
  const nameError = findFieldError(flash, FORM, "name");
  const hint = `Its id is made of it: “Living room” becomes ${adapter.id}-living-room.`;
  return (
    <Card as="section" id={FORM} aria-label={`Set up ${adapter.name}`} className="max-w-xl scroll-mt-20">
      {flash?.form === FORM ? (
        <Notice tone="bad" role="alert" className="mb-4">
          {flash.text}
        </Notice>
      ) : null}
      <form action={addProviderAction} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="adapter" value={adapter.id} />
        <Field label="Name" id="new-name" hint={hint} error={nameError}>
          <Input
            {...fieldControl("new-name", { hint, error: nameError })}
            name="name"
            defaultValue={flash?.values["name"]}
            autoComplete="off"
            required
          />
        </Field>
        <SettingsFieldsView fields={newConnectionFields(adapter)} form={FORM} flash={flash} />
        <div className="flex gap-3">
          <SubmitButton variant="primary">Add the provider</SubmitButton>
        </div>
      </form>
    </Card>
  );
}
