export const SQL_VERBS = ["select", "insert", "update", "delete"] as const;
export type SqlVerb = (typeof SQL_VERBS)[number];

const VERB_OF: Record<string, SqlVerb> = {
  INSERT: "insert",
  REPLACE: "insert",
  UPDATE: "update",
  DELETE: "delete",
};

/** A Prisma operation in SQL's four words. A raw statement (`args` as an extension of the client gets them) counts by its verb. */
export function toSqlVerb(operation: string, args: unknown): SqlVerb {
  if (operation.startsWith("$")) return verbOf(sqlOf(args));
  if (/^(create|upsert)/.test(operation)) return "insert";
  if (operation.startsWith("update")) return "update";
  return operation.startsWith("delete") ? "delete" : "select";
}

/** Tagged templates come as `{ strings }`, unsafe ones as `[sql, …values]`. */
function sqlOf(args: unknown): string {
  if (Array.isArray(args)) return String(args[0] ?? "");
  if (typeof args !== "object" || args === null || !("strings" in args)) return "";
  return Array.isArray(args.strings) ? args.strings.join("?") : "";
}

/** The verb that changes something, also behind a WITH. */
function verbOf(sql: string): SqlVerb {
  const verb = /^\s*WITH\b/i.test(sql)
    ? /\)\s*(INSERT|UPDATE|DELETE)\b/i.exec(sql)?.[1]
    : /^\s*([A-Za-z]+)/.exec(sql)?.[1];
  return VERB_OF[verb?.toUpperCase() ?? ""] ?? "select";
}
