import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    include: ['{lib,components,sandbox,scripts,app}/**/*.test.{ts,tsx}'],
    // A far zone, so that code which forgets Europe/Paris fails loudly.
    env: {
      TZ: 'Asia/Kathmandu',
      // Secrets of the tests alone.
      NEXTAUTH_SECRET: 'a secret of the tests, and of nothing else',
      APP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
