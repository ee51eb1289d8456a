import { SettingsSection } from "@/components/settings/settings-section";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChartRange } from "@/lib/health/chart-points";
import type { Flash } from "@/lib/http/flash";
import { SettingsFieldsView } from "../../_components/settings-fields-view";
import type { SettingsField } from "../../settings-fields";
import { saveConnectionAction, saveUsageAction } from "../actions";

interface SettingsFormsProps {
  providerId: string;
  range: ChartRange;
  connection: readonly SettingsField[];
  usage: readonly SettingsField[];
  flash: Flash | null;
}

/** How the provider is reached, and how it is used. What does not fit comes back with its field. */
export function SettingsForms({ providerId, range, connection, usage, flash }: SettingsFormsProps) {
  const hidden = (
    <>
      <input type="hidden" name="id" value={providerId} />
      <input type="hidden" name="range" value={range} />
    </>
  );
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <SettingsSection
        id="connection"
        title="Connection"
        description="Secrets are stored encrypted and never shown again. Saving checks the provider at once."
        flash={flash}
      >
        <form action={saveConnectionAction} noValidate className="flex flex-col gap-4">
          {hidden}
          <SettingsFieldsView fields={connection} form="connection" flash={flash} />
          <Submit>Save the connection</Submit>
        </form>
      </SettingsSection>
      <SettingsSection
        id="usage"
        title="Use"
        description="How often it is asked, and what its answers count."
        flash={flash}
      >
        <form action={saveUsageAction} noValidate className="grid gap-4 sm:grid-cols-2">
          {hidden}
          <SettingsFieldsView fields={usage} form="usage" flash={flash} />
          <div className="sm:col-span-2">
            <Submit>Save its use</Submit>
          </div>
        </form>
      </SettingsSection>
    </div>
  );
}

function Submit({ children }: { children: string }) {
  return (
    <div>
      <SubmitButton variant="primary">{children}</SubmitButton>
    </div>
  );
}
