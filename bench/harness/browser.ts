import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import config from '@/playwright.config';
import type { BenchPortal } from './portal';

let browser: Promise<Browser> | null = null;

/** A Chromium of its own with the visitor signed in, as wide as a desk's screen. It is closed afterwards. */
export async function inBrowser<T>(
  { url, cookie }: BenchPortal,
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  browser ??= chromium.launch(config.use?.launchOptions);
  const context = await (await browser).newContext({
    locale: 'fr-FR',
    viewport: { width: 1440, height: 900 },
  });
  try {
    const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s));
    await context.addCookies(pairs.map(([name = '', value = '']) => ({ name, value, url })));
    return await work(context);
  } finally {
    await context.close();
  }
}

/** The browser's own name and version. */
export const browserVersion = async (): Promise<string | null> =>
  browser ? (await browser).version() : null;

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}
