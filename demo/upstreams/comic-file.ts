import type { Work } from "../catalogue/work";
import type { CoverPainter } from "./cover-painter";
import { zipOf } from "./zip";

/** A comic of one page: its cover. The same bytes each time, as ranges need it. */
export async function drawComic(work: Work, volume: number, paint: CoverPainter): Promise<Uint8Array> {
  const page = await paint(work, { width: 400, format: "jpeg" });
  return zipOf([{ name: `${String(volume).padStart(3, "0")}.jpg`, bytes: Buffer.from(page.body) }]);
}
