import { z } from "zod";
import { anything, idText, maybe } from "./tolerant";

const reference = z.object({ type: z.string(), id: idText });

/** The references of a JSON:API relationship, whose `data` is one, a list or null; empty when it was not included. */
export const references = z
  .object({ data: anything })
  .transform(({ data }) => [data].flat().flatMap((each) => reference.safeParse(each).data ?? []))
  .catch([]);

/** A member of a JSON:API document's `included`. */
export const resource = reference.extend({
  attributes: maybe(z.record(z.string(), z.unknown())),
  relationships: z.record(z.string(), references).catch({}),
});

type Reference = z.infer<typeof reference>;
export type Resource = z.infer<typeof resource>;

/** Looks references up among the document's included resources; those that are not there are left out. */
export function createResolver(
  included: readonly Resource[],
): (references: readonly Reference[] | undefined) => Resource[] {
  const byKey = new Map(included.map((each) => [`${each.type}:${each.id}`, each]));
  return (references = []) => references.flatMap(({ type, id }) => byKey.get(`${type}:${id}`) ?? []);
}
