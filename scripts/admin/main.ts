import { EnvError } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { MigrationError } from "../support/migrate";
import { AdminError } from "./admin-error";

const USAGE = `npm run admin -- <command>

  user create --email E --password P [--name N] [--admin]   make an account
  user reset-password --email E [--password P]              set a password; prints a new one when none is given
  user list                                                 all accounts
  api-key create --user E [--scopes a,b] [--name N]         make a key; prints it, this once
  provider list                                             all providers
  backup [FILE]                                             copy the SQLite database, beside a running server
  restore FILE                                              put a backup in its place, with the server stopped
  doctor                                                    check data folder, database, secrets and Node`;

type Command = (args: string[]) => Promise<string>;

/** Each takes what stands after its name and answers what goes to stdout. Loaded when it is called: the database alone takes a while. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  "user create": async () => (await import("./user-commands")).createUser,
  "user reset-password": async () => (await import("./user-commands")).resetPassword,
  "user list": async () => (await import("./user-commands")).listUsers,
  "api-key create": async () => (await import("./api-key-commands")).createKey,
  "provider list": async () => (await import("./provider-commands")).listProviders,
  backup: async () => (await import("./backup-commands")).backup,
  restore: async () => (await import("./backup-commands")).restore,
  doctor: async () => (await import("./doctor")).doctor,
};

try {
  const answer = await run(process.argv.slice(2));
  if (answer) process.stdout.write(`${answer}\n`);
} catch (error) {
  process.stderr.write(`${toMessage(error)}\n`);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<string> {
  if (["help", "--help", "-h"].includes(args[0] ?? "")) return USAGE;
  for (const words of [2, 1]) {
    const load = COMMANDS[args.slice(0, words).join(" ")];
    if (load && args.length >= words) return (await load())(args.slice(words));
  }
  throw new AdminError(args.length === 0 ? USAGE : `There is no command "${args.join(" ")}".\n\n${USAGE}`);
}

function toMessage(error: unknown): string {
  if (error instanceof AdminError || error instanceof MigrationError) return error.message;
  if (error instanceof EnvError) return `These variables need another value:\n${error.message}`;
  if (error instanceof AppError) {
    const fields = error.errors.map(({ pointer, message }) => `${pointer.replace(/^\//, "--")}: ${message}`);
    return fields.length > 0 ? fields.join("\n") : error.message;
  }
  // Not foreseen: whoever sits at the machine may see all of it.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
