import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import { scopesOfRole } from "@/lib/accounts/permissions";
import type { Viewer } from "@/lib/accounts/viewer-type";
import type { ApiKey } from "@/lib/db/api-keys";
import { formatInstant, formatRelative } from "@/lib/format";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { makeKeyAction, revokeKeyAction } from "../actions";

interface ApiKeysProps {
  viewer: Viewer;
  keys: readonly ApiKey[];
  now: number;
  flash: Flash | null;
}

const EXPIRIES = [
  ["", "Never"],
  ["30", "In 30 days"],
  ["90", "In 90 days"],
  ["365", "In a year"],
] as const;

export function ApiKeys({ viewer, keys, now, flash }: ApiKeysProps) {
  return (
    <SettingsSection
      id="api-keys"
      title="API keys"
      description="For scripts. A key never does more than you may, and is shown only when it is made."
      flash={flash}
    >
      {keys.length > 0 ? <KeyTable viewer={viewer} keys={keys} now={now} /> : null}
      <NewKeyForm viewer={viewer} flash={flash} />
    </SettingsSection>
  );
}

function KeyTable({ viewer, keys, now }: Omit<ApiKeysProps, "flash">) {
  return (
    <Table caption="Your API keys" className="mb-6">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Key</Th>
          <Th>May</Th>
          <Th>Expires</Th>
          <Th>Last used</Th>
          <Th>
            <span className="sr-only">Revoke</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <Th scope="row">
              <span className="text-ink-1 text-sm">{key.name}</span>
            </Th>
            <Td className="whitespace-nowrap font-mono text-xs">ygr_{key.prefix}_…</Td>
            <Td>{key.scopes === null ? "all that you may" : key.scopes.join(", ")}</Td>
            <Td className="whitespace-nowrap">
              {key.expiresAt ? formatInstant(key.expiresAt.getTime(), viewer.timeZone) : "never"}
            </Td>
            <Td className="whitespace-nowrap">
              {key.lastUsedAt ? formatRelative(key.lastUsedAt.getTime(), now) : "never"}
            </Td>
            <Td className="text-right">
              <form action={revokeKeyAction}>
                <input type="hidden" name="id" value={key.id} />
                <Button type="submit" variant="danger" size="sm" aria-label={`Revoke the key ${key.name}`}>
                  Revoke
                </Button>
              </form>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function NewKeyForm({ viewer, flash }: { viewer: Viewer; flash: Flash | null }) {
  const nameError = findFieldError(flash, "api-keys", "name");
  return (
    <form action={makeKeyAction} className="grid gap-4 sm:grid-cols-2">
      <Field label="Name of the new key" id="key_name" error={nameError}>
        <Input
          {...fieldControl("key_name", { error: nameError })}
          name="name"
          defaultValue={flash?.form === "api-keys" ? flash.values["name"] : undefined}
          placeholder="backup script"
          autoComplete="off"
          maxLength={100}
          required
        />
      </Field>
      <Field label="Expires" id="expires_in_days">
        <Select {...fieldControl("expires_in_days")} name="expires_in_days" defaultValue="">
          {EXPIRIES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <fieldset className="sm:col-span-2">
        <legend className="font-medium text-sm">Scopes</legend>
        <p className="text-ink-3 text-xs">With none ticked the key may do all that you may.</p>
        <div className="mt-1 grid sm:grid-cols-3">
          {scopesOfRole(viewer.role).map((scope) => (
            <Checkbox key={scope} name="scopes" value={scope} label={<code>{scope}</code>} />
          ))}
        </div>
      </fieldset>
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary">
          Make a key
        </Button>
      </div>
    </form>
  );
}
