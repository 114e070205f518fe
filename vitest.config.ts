import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const tests = '{lib,components,sandbox,scripts,app}/**/*.test.{ts,tsx}';
const timed = '{lib,components,sandbox,scripts,app}/**/*.timed.test.ts';

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    // A far zone, so that code which forgets Europe/Paris fails loudly.
    env: {
      TZ: 'Asia/Kathmandu',
      // Secrets of the tests alone.
      NEXTAUTH_SECRET: 'a secret of the tests, and of nothing else',
      APP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    globalSetup: 'scripts/blank-database.ts',
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A poll's second is too short for a machine with other work.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        // Vitest leaves one core to itself: of two, half.
        test: {
          name: 'unit',
          include: [tests],
          exclude: [timed],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      // What is held to a time runs with the machine to itself.
      {
        extends: true,
        test: { name: 'timed', include: [timed], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
