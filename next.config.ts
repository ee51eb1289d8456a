import type { NextConfig } from "next";

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  // The API answers with and without a trailing slash and never redirects between the two.
  skipTrailingSlashRedirect: true,
  // `npm test` and `npm run verify` check types; whoever only starts the app should not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "better-sqlite3",
    "pg",
    "pino",
    "prom-client",
    "sharp",
    "undici",
  ],
};

export default config;
