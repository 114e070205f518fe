import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

// Playwright's own Chromium where it was downloaded, Debian's elsewhere.
const own = chromium.executablePath();
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './scripts/blank-database.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // For a machine three times slower than a developer's, with nothing to spare.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    locale: 'fr-FR',
    // Far from Paris: a time shown in the browser's own zone is a fault that shows.
    timezoneId: 'Pacific/Auckland',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: existsSync(own) ? own : '/usr/bin/chromium',
      // Chromium refuses its sandbox to root. The rest keeps it from calling its maker's hosts.
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone-only/, use: { viewport: { width: 1440, height: 900 } } },
    // The tests that say so run on a phone as well, or there only.
    {
      name: 'phone',
      grep: /@phone/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
