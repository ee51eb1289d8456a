#!/usr/bin/env node
// Prisma's command line talks JSON-RPC over stdio to a native schema engine that it downloads from its own host.
// This program speaks the same protocol with the WebAssembly engine from the npm registry, so that generating and
// migrating need nothing but npm. The protocol is internal to Prisma: the versions in package.json are pinned together.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";

const PG_INTERNAL_CHAR = 18;
const PG_INTERNAL_CHAR_ARRAY = 1002;
const PG_TEXT = 25;
const PG_TEXT_ARRAY = 1009;
const SQLITE_SIDE_FILES = ["", "-wal", "-shm", "-journal"];

const request = parseArguments(process.argv.slice(2));
const sqliteFile = request.url?.replace(/^file:/, "");

if (request.command) {
  if (request.command === "create-database" && !request.isPostgres) touch(sqliteFile);
  process.exit(0);
}

let engine;
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  try {
    const result = await answer(method, params);
    if (method === "diff" && result?.stdout != null)
      send({ id: 0, method: "print", params: { content: result.stdout } });
    send({ id, result: result ?? null });
  } catch (error) {
    const message = String(error?.message ?? error);
    send({ id, error: { code: 4466, message, data: { is_panic: false, message, error_code: error?.code } } });
  }
}
if (engine) (await engine).free();
process.exit(0);

function parseArguments(args) {
  const found = { datamodels: [], url: undefined, command: undefined, isPostgres: false };
  const commands = new Set(["can-connect-to-database", "create-database", "drop-database"]);
  for (let at = 0; at < args.length; at++) {
    if (args[at] === "--datamodels" || args[at] === "-d") found.datamodels.push(args[++at]);
    else if (args[at] === "--datasource") found.url = JSON.parse(args[++at]).url;
    else if (commands.has(args[at])) found.command = args[at];
  }
  const namesPostgres = (file) => /provider\s*=\s*"postgresql"/.test(readFileSync(file, "utf8"));
  found.isPostgres = /^postgres/.test(found.url ?? "") || found.datamodels.some(namesPostgres);
  return found;
}

async function answer(method, params) {
  if (method === "createDatabase") return { databaseName: request.url ?? "" };
  if (method === "reset" && !request.isPostgres && sqliteFile) return resetSqlite();
  engine ??= openEngine();
  const open = await engine;
  const name = method === "getDatabaseVersion" ? "version" : method;
  try {
    return await open[name](params);
  } catch (error) {
    if (!lacksMigrationTable(error)) throw error;
    // The WebAssembly engine reports a missing table where the native one makes it: applying an empty list makes it.
    await open.applyMigrations({
      migrationsList: { ...params.migrationsList, migrationDirectories: [] },
      filters: params.filters ?? { externalTables: [], externalEnums: [] },
    });
    return open[name](params);
  }
}

function lacksMigrationTable(error) {
  return `${error?.code} ${error?.message ?? error}`.match(/P1014|_prisma_migrations/) !== null;
}

// The WebAssembly engine leaves SQLite's tables in place on reset; the native one starts from a new file.
async function resetSqlite() {
  if (engine) (await engine).free();
  engine = undefined;
  for (const suffix of SQLITE_SIDE_FILES) rmSync(sqliteFile + suffix, { force: true });
}

async function openEngine() {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const { instance } = await WebAssembly.instantiate(readFileSync(resolve(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const datamodels = request.datamodels.map((file) => [file, readFileSync(file, "utf8")]);
  const log = (text) => process.env.DEBUG && process.stderr.write(`${text}\n`);
  const factory = bindMigrationAwareSqlAdapterFactory(request.isPostgres ? await postgres() : await sqlite());
  return glue.SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, log, factory);
}

async function sqlite() {
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  if (sqliteFile) mkdirSync(dirname(resolve(sqliteFile)), { recursive: true });
  return new PrismaBetterSqlite3({ url: request.url ?? ":memory:" }, { shadowDatabaseUrl: ":memory:" });
}

async function postgres() {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const factory = new PrismaPg({ connectionString: request.url });
  for (const name of ["connect", "connectToShadowDb"]) {
    const connect = factory[name].bind(factory);
    factory[name] = async (...args) => adjustPostgres(await connect(...args));
  }
  return factory;
}

function adjustPostgres(connection) {
  const perform = connection.performIO.bind(connection);
  // Catalogue queries answer with the internal "char" type, which the adapter does not know: it is text.
  connection.performIO = async (query) => {
    const result = await perform(query);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === PG_INTERNAL_CHAR) field.dataTypeID = PG_TEXT;
      if (field.dataTypeID === PG_INTERNAL_CHAR_ARRAY) field.dataTypeID = PG_TEXT_ARRAY;
    }
    return result;
  };
  // The adapter cuts scripts at every semicolon; sent whole, a migration is one implicit transaction.
  connection.executeScript = async (script) => {
    try {
      await connection.client.query(script);
    } catch (error) {
      connection.onError(error);
    }
  };
  return connection;
}

function touch(file) {
  if (!file || existsSync(file)) return;
  mkdirSync(dirname(resolve(file)), { recursive: true });
  closeSync(openSync(file, "a"));
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
