// Child process of search.bench.ts: ten upstreams on loopback that answer in the shape of MangaDex, 20 to 200 ms late.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const UPSTREAMS = 10;
const HITS = 20;
const STEP_MS = 20;
const WORKS = 61;

const ports = await Promise.all(Array.from({ length: UPSTREAMS }, (_, index) => serve(index)));
process.send?.(ports);
process.once("disconnect", () => process.exit(0));

function serve(index: number): Promise<number> {
  const body = JSON.stringify(page(index));
  const server = createServer((_request, response) => {
    setTimeout(
      () => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(body);
      },
      STEP_MS * (index + 1),
    );
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Twenty of sixty-one works, so that most are found at several upstreams: by shared ids in the first half, by title, year and author in the rest. */
function page(upstream: number) {
  const data = Array.from({ length: HITS }, (_, hit) => item(upstream, (hit * 3 + upstream * 7) % WORKS));
  return { result: "ok", response: "collection", data, limit: HITS, offset: 0, total: HITS };
}

function item(upstream: number, work: number) {
  // No UUID: ten catalogues that each gave a work another id of MangaDex would have to be kept apart.
  const id = `tower-${upstream}-${work}`;
  const title = `Chronicle of the ${work}th Tower`;
  return {
    id,
    type: "manga",
    attributes: {
      title: { en: title },
      altTitles: [
        { ja: `塔の年代記 ${work}` },
        { "ja-ro": `Tō no Nendaiki ${work}` },
        { es: `Crónica de la torre ${work}` },
      ],
      description: { en: "A keeper climbs the tower and counts the lamps of the valley. ".repeat(9) },
      links: upstream % 2 === 0 && work % 2 === 0 ? { al: String(10_000 + work), mal: String(20_000 + work) } : {},
      originalLanguage: "ja",
      publicationDemographic: null,
      status: "ongoing",
      year: 1990 + (work % 30),
      contentRating: "safe",
      tags: ["Action", "Adventure", "Drama", "Fantasy"].map((name) => ({
        id: name,
        attributes: { name: { en: name }, group: "genre" },
      })),
      availableTranslatedLanguages: ["en", "es-la"],
    },
    relationships: [
      { id: `author-${work}`, type: "author", attributes: { name: `Keeper ${work} Ishida` } },
      { id: `artist-${work}`, type: "artist", attributes: { name: `Keeper ${work} Ishida` } },
      { id: `cover-${work}`, type: "cover_art", attributes: { fileName: `${work}.jpg` } },
    ],
  };
}
