import { z } from "zod";

export const manageAlerts = { access: "admin", scope: "providers:write", tag: "Alerts" } as const;
export const manageChannels = { access: "admin", scope: "admin", tag: "Alerts" } as const;

export const alertParams = z.object({ id: z.string().min(1).max(200) });
