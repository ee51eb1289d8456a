import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const FOLDERS = ["app", "components", "lib"];
const files = FOLDERS.flatMap((folder) => sources(folder));

/** Who may not import whom; a file belongs to the first pattern that fits. */
const FORBIDDEN: readonly { from: RegExp; to: RegExp; because: string }[] = [
  { from: /^lib\//, to: /^(app|components)\//, because: "lib knows nothing of pages" },
  { from: /^lib\/(?!runtime)/, to: /^lib\/runtime/, because: "only app and instrumentation know the whole" },
  { from: /^components\//, to: /^app\//, because: "components do not know the pages they stand on" },
  {
    from: /^components\//,
    to: /^lib\/(db|runtime|providers\/(adapters|registry))/,
    because: "components get plain objects",
  },
  {
    from: /^components\/ui\//,
    to: /^lib\/(?!format|health\/health-view)/,
    because: "primitives know no words of the app",
  },
  {
    from: /^lib\/providers\//,
    to: /^lib\/(?!providers\/|result|errors|secret-box)/,
    because: "the provider layer is framework-free and at the bottom",
  },
  {
    from: /^lib\/health\/engine\//,
    to: /^lib\/(?!health\/(engine\/|health-view)|providers\/(outcome|provider|work)|result|format)/,
    because: "the engine is pure",
  },
  {
    from: /^lib\/health\//,
    to: /^lib\/(search|favorites|titles|accounts)\//,
    because: "health is below the use cases",
  },
  {
    from: /^lib\/db\//,
    to: /^lib\/(search|favorites|accounts(?!\/viewer-type)|http|telemetry)\//,
    because: "repositories know no use case",
  },
];

const PACKAGES: readonly { name: RegExp; only: RegExp }[] = [
  { name: /^prom-client$/, only: /^lib\/telemetry\/metrics\.ts$/ },
  { name: /^(@prisma\/|pg$|better-sqlite3)/, only: /^lib\/db\// },
  { name: /^undici$/, only: /^lib\/providers\// },
  { name: /^next(\/|-auth|$)/, only: /^(app|components|proxy|lib\/(http|accounts))/ },
  { name: /^react(-dom)?(\/|$)/, only: /^(app|components|lib\/(http|accounts))/ },
];

const imports = files.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

describe("the arrows of the house", () => {
  it("has sources to look at", () => expect(files.length).toBeGreaterThan(50));

  it.each(FORBIDDEN)("$from does not import $to: $because", ({ from, to }) => {
    const crossings = imports.filter(({ file, specifier }) => {
      const target = resolve(file, specifier);
      return from.test(file) && target !== null && to.test(target);
    });
    expect(crossings).toEqual([]);
  });

  it.each(PACKAGES)("only $only imports the package $name", ({ name, only }) => {
    const crossings = imports.filter(({ file, specifier }) => name.test(specifier) && !only.test(file));
    expect(crossings).toEqual([]);
  });

  it("reads process.env in lib/env.ts alone", () => {
    const readers = files.filter(
      (file) => file !== "lib/env.ts" && /\bprocess\.env\b/.test(readFileSync(file, "utf8")),
    );
    expect(readers).toEqual([]);
  });
});

describe("the two dialects", () => {
  it("share one models.prisma", () => {
    expect(readFileSync("prisma/postgresql/models.prisma", "utf8")).toBe(
      readFileSync("prisma/sqlite/models.prisma", "utf8"),
    );
  });

  it("have the same migrations by name", () => {
    expect(readdirSync("prisma/postgresql/migrations")).toEqual(readdirSync("prisma/sqlite/migrations"));
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !path.includes("/testing/") ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** The project path that a specifier leads to, or null for a package. */
function resolve(file: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return withExtension(specifier.slice(2));
  if (specifier.startsWith(".")) return withExtension(normalize(join(dirname(file), specifier)));
  return null;
}

function withExtension(path: string): string {
  return [".ts", ".tsx"].map((extension) => path + extension).find((candidate) => existsSync(candidate)) ?? path;
}
