import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}scripts/test/empty.ts` } },
  test: {
    include: ['{lib,components,sandbox,scripts,app}/**/*.test.{ts,tsx}'],
    // A far zone, so that code which forgets Europe/Paris fails loudly.
    env: { TZ: 'Asia/Kathmandu' },
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
