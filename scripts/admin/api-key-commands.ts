import { issueApiKey } from "@/lib/accounts/api-keys";
import { SCOPES, type Scope } from "@/lib/accounts/viewer-type";
import { AdminError } from "./admin-error";
import { parseOptions } from "./parse-options";
import { getUserByEmail } from "./user-commands";
import { withDatabase } from "./with-database";

export async function createKey(args: string[]): Promise<string> {
  const options = parseOptions(args, { user: "required", scopes: "text", name: "text" });
  const scopes = options.scopes === undefined ? null : parseScopes(options.scopes);
  return withDatabase(async ({ client }) => {
    const viewer = await getUserByEmail(client, options.user);
    if (viewer.disabledAt) throw new AdminError(`The account ${viewer.email} is disabled.`);
    const name = options.name?.trim() || "command line";
    const { secret } = await issueApiKey(client, { viewer, name, scopes, expiresAt: null, now: Date.now() });
    return secret;
  });
}

function parseScopes(text: string): Scope[] {
  const names = text.split(",").map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    const scope = SCOPES.find((one) => one === name);
    if (!scope) throw new AdminError(`--scopes: There is no scope "${name}". There are: ${SCOPES.join(", ")}.`);
    return scope;
  });
}
