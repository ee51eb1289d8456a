import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, fieldControl } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { Flash } from "@/lib/http/flash";
import { saveReadingAction } from "../actions";

const TITLE_LANGUAGES = [
  ["english", "English: Attack on Titan"],
  ["romanised", "Romanised: Shingeki no Kyojin"],
  ["native", "Native: 進撃の巨人"],
] as const;

const INTERVALS = [
  [30, "Every 30 minutes"],
  [60, "Every hour"],
  [120, "Every 2 hours"],
  [1440, "Once a day"],
  [10_080, "Once a week"],
  [43_200, "Once a month"],
] as const;

export function ReadingForm({ viewer, flash }: { viewer: Viewer; flash: Flash | null }) {
  const intervalHint = "While you are active. It can only make the checks more frequent than the instance's.";
  return (
    <SettingsSection id="reading" title="Reading" flash={flash}>
      <form action={saveReadingAction} className="grid gap-4 sm:grid-cols-2">
        <Field label="Titles in" id="title_language">
          <Select {...fieldControl("title_language")} name="title_language" defaultValue={viewer.titleLanguage}>
            {TITLE_LANGUAGES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Check providers" id="check_interval" hint={intervalHint}>
          <Select
            {...fieldControl("check_interval", { hint: intervalHint })}
            name="check_interval"
            defaultValue={viewer.providerCheckInterval ?? ""}
          >
            <option value="">As the instance does</option>
            {INTERVALS.map(([minutes, label]) => (
              <option key={minutes} value={minutes}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          name="show_adult"
          defaultChecked={viewer.showAdult}
          label="Show adult content"
          hint="Pornographic works are left out of searches until you turn this on."
          className="sm:col-span-2"
        />
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary">
            Save reading
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}
