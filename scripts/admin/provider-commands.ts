import { parseOptions } from "./parse-options";

export async function listProviders(args: string[]): Promise<string> {
  parseOptions(args, {});
  return "";
}
