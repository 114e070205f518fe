import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './lib/db/schema/all.ts',
  out: './lib/db/migrations',
  // The roles exist before the first migration: lib/db/migrate.ts makes them.
  entities: { roles: false },
});
