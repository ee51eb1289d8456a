export const readHealth = { access: "user", scope: "providers:read", tag: "Health" } as const;
