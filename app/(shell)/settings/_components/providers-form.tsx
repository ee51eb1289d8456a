import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Table, Td, Th } from "@/components/ui/table";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Flash } from "@/lib/http/flash";
import { saveProvidersAction } from "../actions";

interface ProvidersFormProps {
  viewer: Viewer;
  providers: readonly { id: string; name: string }[];
  flash: Flash | null;
}

/** Which providers a search offers, and which of them it asks when the person chooses none. */
export function ProvidersForm({ viewer, providers, flash }: ProvidersFormProps) {
  return (
    <SettingsSection
      id="search-providers"
      title="Providers in search"
      description="A search asks the chosen ones; with none chosen it asks all that are offered."
      flash={flash}
    >
      <form action={saveProvidersAction} className="flex flex-col items-start gap-4">
        <Table caption="Providers in search" className="max-w-md">
          <thead>
            <tr>
              <Th>Provider</Th>
              <Th>Offered</Th>
              <Th>Asked by default</Th>
            </tr>
          </thead>
          <tbody>
            {providers.map(({ id, name }) => (
              <tr key={id}>
                <Th scope="row">
                  <span className="text-ink-1 text-sm">{name}</span>
                </Th>
                <Td>
                  <Tick name="shown" value={id} ticked={!viewer.hiddenProviders.includes(id)} label={`Offer ${name}`} />
                </Td>
                <Td>
                  <Tick
                    name="default"
                    value={id}
                    ticked={viewer.defaultProviders.includes(id)}
                    label={`Ask ${name} by default`}
                  />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <Button type="submit" variant="primary">
          Save providers
        </Button>
      </form>
    </SettingsSection>
  );
}

function Tick({ name, value, ticked, label }: { name: string; value: string; ticked: boolean; label: string }) {
  return (
    <input
      type="checkbox"
      name={name}
      value={value}
      defaultChecked={ticked}
      aria-label={label}
      className="touch size-4 accent-accent"
    />
  );
}
