import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Covers on disk. A name says all that its content hangs on, so that a file is right for ever or not there. */
export interface CoverFiles {
  /** Null when it is not there. */
  read(name: string): Promise<Buffer | null>;
  write(name: string, bytes: Uint8Array): Promise<void>;
}

const BYTES_MAX = 512 * 1024 * 1024;
const PRUNE_EVERY = 200;
const PRUNE_TO = 0.8;

export function createCoverFiles(folder: string, bytesMax: number = BYTES_MAX): CoverFiles {
  let writes = 0;
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name);

  return {
    async read(name) {
      try {
        const path = pathOf(name);
        const bytes = await readFile(path);
        const now = new Date();
        // Read times decide what is thrown away; a disk that keeps none is no reason to fail.
        utimes(path, now, now).catch(() => {});
        return bytes;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async write(name, bytes) {
      const path = pathOf(name);
      const draft = `${path}.${randomUUID()}.tmp`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(draft, bytes);
      // Whole or not at all, whenever the process dies.
      await rename(draft, path);
      writes++;
      if (writes % PRUNE_EVERY === 0) await prune(folder, bytesMax);
    },
  };
}

/** Covers in the folder; none while it is not there. */
export async function countCovers(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Throws away what was used longest ago until four fifths of the room are left. */
async function prune(folder: string, bytesMax: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    files.push({ path, size, mtimeMs });
  }
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= bytesMax) return;
  for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= bytesMax * PRUNE_TO) return;
    await rm(path, { force: true });
    bytes -= size;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
