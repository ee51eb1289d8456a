// Prints how many lines of code each adapter has (blank lines, comments, tests and fixtures apart) and fails above the limit, unless a
// decision record in docs/decisions names the adapter's folder as an exception.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LINES_MAX = 140;
const root = fileURLToPath(new URL("..", import.meta.url));
const adaptersDir = join(root, "lib/providers/adapters");

function countLines(file) {
  const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return code.split("\n").filter((line) => line.trim() !== "" && !/^\s*\/\//.test(line)).length;
}

function countAdapter(id) {
  return readdirSync(join(adaptersDir, id), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .reduce((sum, entry) => sum + countLines(join(adaptersDir, id, entry.name)), 0);
}

function readDecisions() {
  const dir = join(root, "docs/decisions");
  try {
    return readdirSync(dir).map((name) => readFileSync(join(dir, name), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

const decisions = readDecisions();
let failed = false;
for (const { name: id } of readdirSync(adaptersDir, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const lines = countAdapter(id);
  const excused = decisions.some((text) => text.includes(`lib/providers/adapters/${id}`));
  const verdict =
    lines <= LINES_MAX ? "" : excused ? "  above the limit, by a decision record" : `  above the limit of ${LINES_MAX}`;
  failed ||= lines > LINES_MAX && !excused;
  console.log(`${String(lines).padStart(4)}  ${id}${verdict}`);
}
if (failed) process.exitCode = 1;
