import { chance, hash } from "../catalogue/hash";
import type { Work } from "../catalogue/work";
import { toSlug } from "./slug";

/** Links in answers still name the host that Kitsu left. */
export const OLD_BASE = "https://kitsu.io/api/edge";

/** Chooses the works that have an oddity; those known everywhere have none. */
export const odd = (work: Work, percent: number, what: string) =>
  !work.everywhere && chance(percent, what, work.ids.kt);

/** The members that a sparse fieldset names; all of them without one. */
export function pick(members: Record<string, unknown>, wanted: string | null): Record<string, unknown> {
  if (wanted === null) return members;
  const names = wanted.split(",");
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}

interface Resource {
  id: string;
  type: string;
  attributes: Record<string, unknown>;
  relationships?: Record<string, unknown>;
}

/** Everything that the paths name, each resource once. */
export function toIncluded(works: readonly Work[], paths: readonly string[], query: URLSearchParams): unknown[] {
  const names = new Set(paths.flatMap((path) => (path === "staff.person" ? ["staff", "people"] : [path])));
  const resources = works.flatMap((work) => [...names].flatMap((name) => relatedTo(work, name)));
  const unique = new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource]));
  return [...unique.values()].map((resource) => ({
    ...resource,
    links: { self: `${OLD_BASE}/${resource.type}/${resource.id}` },
    attributes: pick(resource.attributes, query.get(`fields[${resource.type}]`)),
  }));
}

/** What a relationship of the work leads to; `people` are those behind its staff. */
export function relatedTo(work: Work, name: string): Resource[] {
  switch (name) {
    case "categories":
      return [...(work.demographic ? [work.demographic] : []), ...work.tags].map((tag) =>
        category(tag, "categories", "title"),
      );
    case "genres":
      return work.tags.slice(0, 4).map((tag) => category(tag, "genres", "name"));
    case "staff":
      return credits(work).map(({ name: person, role }) => ({
        id: String(hash("media staff", work.key, person) % 1_000_000),
        type: "mediaStaff",
        attributes: { role },
        relationships: { person: { data: { type: "people", id: personId(person) } } },
      }));
    case "people":
      return credits(work).map(({ name: person }) => ({
        id: personId(person),
        type: "people",
        attributes: { name: person, malId: null, description: null, image: null },
      }));
    case "mappings":
      return mappings(work);
    default:
      return [];
  }
}

export function toIdentifier({ type, id }: Resource) {
  return { type, id };
}

function personId(name: string): string {
  return String(1 + (hash("person", name) % 60_000));
}

function category(tag: string, type: string, label: string): Resource {
  const title = tag[0]?.toUpperCase() + tag.slice(1);
  return {
    id: String(1 + (hash(type, tag) % 400)),
    type,
    attributes: { [label]: title, slug: toSlug(tag), description: null },
  };
}

function credits(work: Work): { name: string; role: string | null }[] {
  if (odd(work, 10, "no staff")) return [];
  const people = [...new Set([...work.story, ...work.art])];
  return people.map((name) => {
    const role = !work.art.includes(name) ? "Story" : work.story.includes(name) ? "Story & Art" : "Art";
    return { name, role: odd(work, 12, "no role") ? null : role };
  });
}

function mappings(work: Work): Resource[] {
  const entries: [string, string][] = [
    ...(odd(work, 10, "no mal") ? [] : [["myanimelist/manga", String(work.ids.mal)] as [string, string]]),
    ...(odd(work, 15, "no al")
      ? []
      : [[odd(work, 20, "plain") ? "anilist" : "anilist/manga", String(work.ids.al)] as [string, string]]),
    ...(!work.everywhere && chance(35, "mu", work.ids.kt)
      ? [["mangaupdates", work.ids.mu.toString(36)] as [string, string]]
      : []),
  ];
  return entries.map(([externalSite, externalId]) => ({
    id: String(hash("mapping", work.key, externalSite) % 10_000_000),
    type: "mappings",
    attributes: {
      externalSite,
      externalId,
      createdAt: "2017-02-18T05:43:00.000Z",
      updatedAt: "2017-02-18T05:43:00.000Z",
    },
  }));
}
