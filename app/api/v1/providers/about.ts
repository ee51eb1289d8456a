import { z } from "zod";

export const readProviders = { access: "user", scope: "providers:read", tag: "Providers" } as const;
export const writeProviders = { access: "admin", scope: "providers:write", tag: "Providers" } as const;

export const providerParams = z.object({ id: z.string().min(1).max(200) });
