import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { saveProfileAction } from "../actions";

const THEMES = [
  ["system", "As the system says"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

export function ProfileForm({ viewer, flash }: { viewer: Viewer; flash: Flash | null }) {
  const nameError = findFieldError(flash, "profile", "name");
  const zoneHint = "All times in Yagura are shown in it.";
  return (
    <SettingsSection id="profile" title="Profile" flash={flash} description={`Signed in as ${viewer.email}.`}>
      <form action={saveProfileAction} className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" id="name" error={nameError}>
          <Input
            {...fieldControl("name", { error: nameError })}
            name="name"
            defaultValue={viewer.name}
            autoComplete="name"
            maxLength={100}
            required
          />
        </Field>
        <Field label="Theme" id="theme">
          <Select {...fieldControl("theme")} name="theme" defaultValue={viewer.theme}>
            {THEMES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Time zone" id="time_zone" hint={zoneHint}>
          <Select {...fieldControl("time_zone", { hint: zoneHint })} name="time_zone" defaultValue={viewer.timeZone}>
            {listTimeZones(viewer.timeZone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </Select>
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary">
            Save profile
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}

/** The IANA list, with UTC, and with the present choice, which may be a name that the list has under another. */
function listTimeZones(current: string): string[] {
  return [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])];
}
