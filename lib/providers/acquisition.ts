import { isOwnOrigin } from "./basic-auth";
import { toLanguageTag } from "./language";
import type { OpdsEntry } from "./opds-feed";
import type { AdapterConfig, WorkFile } from "./provider";
import { toTitles } from "./titles";
import { toWebUrl } from "./web-url";

const ACQUISITION = "http://opds-spec.org/acquisition";
/** Freely given: not bought, lent, sampled or subscribed to. */
const FREE = [ACQUISITION, `${ACQUISITION}/open-access`];
/** Pages, feeds and licences are steps on the way to a file. */
const NO_FILE = /html|atom\+xml|opds|opensearch|adobe|lcp|licen[cs]e/i;

/** Media types of everything that can be acquired in any way. */
export function listAcquisitionTypes({ links }: OpdsEntry): string[] {
  return links.flatMap(({ rels, type }) => (rels.some((rel) => rel.startsWith(ACQUISITION)) ? [type] : []));
}

/**
 * The files that an entry gives away, each once. Their ids are addresses: at the catalogue's own origin, or at its host's usual ports, where a
 * server behind a proxy may think it is. Whoever fills a catalogue must not have other doors of its host opened.
 */
export function listFiles(entry: OpdsEntry, config: AdapterConfig): WorkFile[] {
  const [title] = toTitles(entry.titles);
  const languages = entry.languages.map(toLanguageTag);
  const files = entry.links.flatMap((link): WorkFile[] => {
    const url = toWebUrl(link.href, link.base);
    const isFile = link.rels.some((rel) => FREE.includes(rel)) && !link.isIndirect && !NO_FILE.test(link.type);
    if (!url || !isFile || !isAtHome(url, config)) return [];
    const language = languages.length === 1 ? (languages[0] ?? null) : null;
    const mediaType = link.type || null;
    return [{ id: url, name: title?.text ?? "", mediaType, sizeBytes: link.sizeBytes, language }];
  });
  return [...new Map(files.map((file) => [file.id, file])).values()];
}

function isAtHome(url: string, config: AdapterConfig): boolean {
  const { hostname, port } = new URL(url);
  return isOwnOrigin(config, url) || (port === "" && hostname === new URL(config.baseUrl).hostname);
}
