import { parseArgs } from "node:util";
import { AdminError } from "./admin-error";

type Kind = "text" | "flag" | "required";

type Options<Spec extends Record<string, Kind>> = {
  [Name in keyof Spec]: Spec[Name] extends "flag"
    ? boolean
    : Spec[Name] extends "required"
      ? string
      : string | undefined;
};

/** The `--name value` options of a command. AdminError for unknown ones, missing ones and anything else on the line. */
export function parseOptions<const Spec extends Record<string, Kind>>(args: string[], spec: Spec): Options<Spec> {
  const options = Object.fromEntries(
    Object.entries(spec).map(([name, kind]) => [name, { type: kind === "flag" ? "boolean" : "string" } as const]),
  );
  const values = parse(args, options);
  const missing = Object.keys(spec).filter((name) => spec[name] === "required" && !values[name]);
  if (missing.length > 0) throw new AdminError(`Missing: ${missing.map((name) => `--${name}`).join(", ")}`);
  // Safe because each value was parsed by the kind that its type is made from.
  return Object.fromEntries(
    Object.entries(spec).map(([name, kind]) => [name, kind === "flag" ? values[name] === true : values[name]]),
  ) as Options<Spec>;
}

function parse(args: string[], options: Record<string, { type: "boolean" | "string" }>): Record<string, unknown> {
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new AdminError(error.message);
    throw error;
  }
}
