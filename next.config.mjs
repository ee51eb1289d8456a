// No TypeScript: to read that, the server would load a compiler and keep it.

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  poweredByHeader: false,
  // The API answers with and without a trailing slash and never redirects between the two.
  skipTrailingSlashRedirect: true,
  // `npm test` and `npm run verify` check types; whoever only starts the app should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Routes are loaded when they are first asked for: a third less memory for an instance at rest.
  experimental: { preloadEntriesOnStart: false },
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
