import { Checkbox } from "@/components/ui/checkbox";
import { Field, fieldControl } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Flash, findFieldError } from "@/lib/http/flash";
import { clearName } from "../read-settings-form";
import type { SettingsField } from "../settings-fields";

interface SettingsFieldsViewProps {
  fields: readonly SettingsField[];
  /** The form's name in the flash. */
  form: string;
  flash: Flash | null;
  /** What stands in the fields instead of what is set. */
  typed?: Readonly<Record<string, string>> | null;
}

/** Fields of a provider's settings, with what was typed and what was wrong with it. */
export function SettingsFieldsView({ fields, form, flash, typed = null }: SettingsFieldsViewProps) {
  const kept = flash?.form === form ? flash.values : {};
  return fields.map((field) => (
    <SettingsControl
      key={field.name}
      field={field}
      id={`${form}-${field.name.replace("/", "-")}`}
      value={kept[field.name] ?? typed?.[field.name] ?? field.value}
      error={findFieldError(flash, form, field.name)}
    />
  ));
}

interface SettingsControlProps {
  field: SettingsField;
  id: string;
  value: string;
  error: string | null;
}

function SettingsControl({ field, id, value, error }: SettingsControlProps) {
  const { name, label, kind, locked, required } = field;
  const hint = locked ?? field.hint;
  // Everything else has a default, as its hint says.
  const isOptional = name.startsWith("config/") && !required && kind !== "choice";
  const control = { ...fieldControl(id, { hint, error }), name, disabled: locked !== null };
  return (
    <div className="flex flex-col gap-1">
      <Field label={isOptional ? <Optional>{label}</Optional> : label} id={id} hint={hint} error={error}>
        {kind === "choice" ? (
          <Select {...control} defaultValue={value}>
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...control}
            {...(kind === "secret" ? {} : { defaultValue: value })}
            type={kind === "secret" ? "password" : "text"}
            placeholder={kind === "secret" ? secretWords(field) : field.placeholder}
            inputMode={kind === "number" ? "decimal" : kind === "url" ? "url" : "text"}
            autoComplete={kind === "secret" ? "new-password" : "off"}
            spellCheck={false}
            required={required && kind !== "secret" && locked === null}
          />
        )}
      </Field>
      {kind === "secret" && field.set && locked === null ? (
        <Checkbox name={clearName(name)} label={`Clear the stored ${label.toLowerCase()}`} />
      ) : null}
    </div>
  );
}

function Optional({ children }: { children: string }) {
  return (
    <>
      {children} <span className="font-normal text-ink-3 text-xs">optional</span>
    </>
  );
}

function secretWords({ set }: SettingsField): string {
  return set ? "set; leave empty to keep it" : "not set";
}
