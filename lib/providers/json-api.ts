import { toList, toMembers } from "./members";

export interface Resource {
  attributes: Readonly<Record<string, unknown>>;
  relationships: unknown;
}

/** The resources that a relationship of that name refers to, among those included in the document; the others are left out. */
export type Resolve = (relationships: unknown, name: string) => Resource[];

/**
 * Looks up what a JSON:API document includes. By hand and not with a schema: a page of twenty works brings hundreds of resources, of which
 * a few members are read.
 */
export function createResolver(included: unknown): Resolve {
  const byKey = new Map<string, Resource>();
  for (const each of toList(included)) {
    const key = findKey(each);
    const { attributes, relationships } = toMembers(each);
    if (key !== null) byKey.set(key, { attributes: toMembers(attributes), relationships });
  }
  return (relationships, name) => {
    // One reference, a list of them or null; no member at all when nobody asked to include it.
    const references = [toMembers(toMembers(relationships)[name])["data"]].flat();
    return references.flatMap((reference) => byKey.get(findKey(reference) ?? "") ?? []);
  };
}

function findKey(value: unknown): string | null {
  const { type, id } = toMembers(value);
  return typeof type === "string" && (typeof id === "string" || typeof id === "number") ? `${type}:${id}` : null;
}
