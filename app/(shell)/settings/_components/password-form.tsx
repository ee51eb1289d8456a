import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PASSWORD_CHARS_MIN } from "@/lib/accounts/password";
import type { Viewer } from "@/lib/accounts/viewer-type";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { savePasswordAction } from "../actions";

export function PasswordForm({ viewer, flash }: { viewer: Viewer; flash: Flash | null }) {
  const currentError = findFieldError(flash, "password", "current_password");
  const newError = findFieldError(flash, "password", "new_password");
  const hint = `At least ${PASSWORD_CHARS_MIN} characters.`;
  return (
    <SettingsSection
      id="password"
      title="Password"
      description="Changing it ends your sessions in other browsers."
      flash={flash}
    >
      <form action={savePasswordAction} className="grid gap-4 sm:grid-cols-2">
        {/* For password managers, which file the new password under it. */}
        <input type="hidden" name="username" autoComplete="username" value={viewer.email} readOnly />
        <Field label="Present password" id="current_password" error={currentError}>
          <Input
            {...fieldControl("current_password", { error: currentError })}
            name="current_password"
            type="password"
            autoComplete="current-password"
            required
          />
        </Field>
        <Field label="New password" id="new_password" hint={hint} error={newError}>
          <Input
            {...fieldControl("new_password", { hint, error: newError })}
            name="new_password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS_MIN}
            required
          />
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary">
            Change password
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}
