import type { z } from "zod";
import type { FieldError } from "@/lib/errors";

type Issue = z.core.$ZodIssue;

/**
 * zod's issues as field errors. `body`: JSON pointers (RFC 6901), an unknown key at its own pointer; `query`: the parameter's
 * name behind `?`; `form`: the field's name alone.
 */
export function toFieldErrors(issues: readonly Issue[], place: "body" | "query" | "form"): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ pointer: toPointer(issue.path, place), message: issue.message, code: issue.code }];
    }
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key], place),
      message: place === "query" ? "This parameter is not known here." : "This field is not known here.",
      code: "unknown",
    }));
  });
}

function toPointer(path: readonly PropertyKey[], place: "body" | "query" | "form"): string {
  const parts = path.map(String);
  if (place === "query") return `?${parts[0] ?? ""}`;
  if (place === "form") return parts[0] ?? "";
  return parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
