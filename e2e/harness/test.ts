import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import { signInAt } from './journeys';
import type { SandboxControl } from './sandbox';
import { Stage } from './stage';

type WorkerFixtures = {
  /** Settings of the portals opened for these tests, by name: `test.use({ settings: { SYNC_SECONDS: '30' } })`. */
  settings: Record<string, string>;
  /** One portal for each worker: its tests share it, and take lots and prospects of their own. */
  portal: Stage;
};

type TestFixtures = {
  /** The Koban of the shared portal; the faults that a test asks of it end with the test. */
  sandbox: SandboxControl;
  /** A portal that no other test touches: for tests that kill it, or change what all would see. */
  ownPortal: Stage;
  /** Signs a person in through the screen, by e-mail address, and waits until the portal lets them in. */
  signIn: (page: Page, email: string, at?: Stage) => Promise<void>;
  /** Lets a person in with a session that an earlier test opened, when there is one; else signs them in. */
  enter: (page: Page, email: string, at?: Stage) => Promise<void>;
};

/** The cookies of who has signed in, by portal and address. */
const sessions = new Map<string, Cookie[]>();

export const test = base.extend<TestFixtures, WorkerFixtures>({
  settings: [{}, { scope: 'worker', option: true }],
  portal: [
    async ({ settings }, use) => {
      const stage = await Stage.open(settings);
      await use(stage);
      await stage.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ portal }, use) => use(portal.url),
  sandbox: async ({ portal }, use) => {
    await use(portal.sandbox);
    await portal.sandbox.clearFaults();
  },
  ownPortal: [
    async ({ settings }, use, testInfo) => {
      const stage = await Stage.open(settings);
      await use(stage);
      await testInfo.attach('portal.log', { body: stage.log.join('\n'), contentType: 'text/plain' });
      await stage.close();
    },
    { timeout: 120_000 },
  ],
  signIn: async ({ portal }, use) => {
    await use(async (page, email, at = portal) => {
      const account = at.accounts.find((each) => each.email === email);
      if (!account) throw new Error(`Nobody of the demo has the address ${email}`);
      await signInAt(page, at.url, account);
    });
  },
  enter: async ({ portal, signIn }, use) => {
    await use(async (page, email, at = portal) => {
      const key = `${at.url} ${email}`;
      const kept = sessions.get(key);
      if (kept) {
        await page.context().addCookies(kept);
        // Any page of the portal will do: the test goes on from there by relative addresses.
        await page.goto(`${at.url}/compte`);
        if (!page.url().includes('/connexion')) return;
      }
      await signIn(page, email, at);
      sessions.set(key, await page.context().cookies());
    });
  },
});

test.afterEach(async ({ portal }, testInfo) => {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('portal.log', { body: portal.log.join('\n'), contentType: 'text/plain' });
});

export { expect };
