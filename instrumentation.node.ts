import { startRuntime } from "@/lib/runtime";

export async function start(): Promise<void> {
  await startRuntime();
}
