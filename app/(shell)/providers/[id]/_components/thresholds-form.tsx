import type { ReactNode } from "react";
import { SettingsSection } from "@/components/settings/settings-section";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChartRange } from "@/lib/health/chart-points";
import type { Flash } from "@/lib/http/flash";
import { SettingsFieldsView } from "../../_components/settings-fields-view";
import type { SettingsField } from "../../settings-fields";
import { saveThresholdsAction } from "../actions";

interface ThresholdsFormProps {
  providerId: string;
  range: ChartRange;
  fields: readonly SettingsField[];
  /** What is being tried. */
  tried: Readonly<Record<string, string>> | null;
  flash: Flash | null;
  /** What came of trying. */
  children: ReactNode;
}

/** When the provider counts as down, rests and is disabled; thresholds can be tried on the last days before they are saved. */
export function ThresholdsForm({ providerId, range, fields, tried, flash, children }: ThresholdsFormProps) {
  return (
    <SettingsSection
      id="thresholds"
      title="Thresholds"
      description="An empty field follows the instance. Try them first: the calls of the last days are replayed, and nothing is saved."
      flash={flash}
    >
      <form
        action={saveThresholdsAction}
        noValidate
        // A form keeps what was typed; other thresholds are another form.
        key={JSON.stringify(tried)}
        className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3"
      >
        <input type="hidden" name="id" value={providerId} />
        <input type="hidden" name="range" value={range} />
        <SettingsFieldsView fields={fields} form="thresholds" flash={flash} typed={tried} />
        <div className="flex flex-wrap gap-3 sm:col-span-2 lg:col-span-3">
          <SubmitButton name="do" value="try">
            Try on the last 7 days
          </SubmitButton>
          <SubmitButton name="do" value="save" variant="primary">
            Save the thresholds
          </SubmitButton>
        </div>
      </form>
      {children}
    </SettingsSection>
  );
}
