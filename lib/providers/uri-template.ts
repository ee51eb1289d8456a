const EXPRESSION = /\{([?&/+]?)([\w.,*-]+)\}/g;

/**
 * RFC 6570 as far as search templates use it: `{name}`, `{+name}`, `{/name}`, `{?a,b}` and `{&a,b}`. Names without a value are left out. Pure.
 */
export function expandUriTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(EXPRESSION, (_, operator: string, list: string) => {
    const names = list.split(",").map((name) => name.replace(/\*$/, ""));
    const given = names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
    if (given.length === 0) return "";
    if (operator === "?" || operator === "&")
      return operator + given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return (operator === "/" ? "/" : "") + given.map(([, value]) => encodeURIComponent(value)).join(",");
  });
}

/** Whether one of the names stands in an expression of the template. */
export function hasVariable(template: string, names: readonly string[]): boolean {
  return [...template.matchAll(EXPRESSION)].some(([, , list = ""]) =>
    list.split(",").some((name) => names.includes(name.replace(/\*$/, ""))),
  );
}
