import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PASSWORD_CHARS_MIN } from "@/lib/accounts/password";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { createAccountAction } from "../actions";

const FORM = "new-account";

export function NewAccountForm({ flash }: { flash: Flash | null }) {
  const error = (field: string) => findFieldError(flash, FORM, field);
  const typed = (field: string) => (flash?.form === FORM ? flash.values[field] : undefined);
  const passwordHint = `At least ${PASSWORD_CHARS_MIN} characters. Hand it over in person; it can be changed in the settings.`;
  return (
    <SettingsSection id={FORM} title="New account" flash={flash}>
      <form action={createAccountAction} className="grid gap-4 sm:grid-cols-2">
        <Field label="E-mail address" id="email" error={error("email")}>
          <Input
            {...fieldControl("email", { error: error("email") })}
            name="email"
            type="email"
            defaultValue={typed("email")}
            autoComplete="off"
            required
          />
        </Field>
        <Field label="Name" id="name" error={error("name")}>
          <Input
            {...fieldControl("name", { error: error("name") })}
            name="name"
            defaultValue={typed("name")}
            autoComplete="off"
          />
        </Field>
        <Field label="Password" id="password" hint={passwordHint} error={error("password")}>
          <Input
            {...fieldControl("password", { hint: passwordHint, error: error("password") })}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS_MIN}
            required
          />
        </Field>
        <Field label="Role" id="role">
          <Select {...fieldControl("role")} name="role" defaultValue={typed("role") ?? "user"}>
            <option value="user">User: searches and keeps favorites</option>
            <option value="admin">Admin: sets up providers and accounts too</option>
          </Select>
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" variant="primary">
            Make the account
          </Button>
        </div>
      </form>
    </SettingsSection>
  );
}
