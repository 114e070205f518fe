import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { PROGRAMME } from './a-programme-page';
import { inBrowser } from './harness/browser';
import { figure } from './harness/figure';
import { benchPortal } from './harness/portal';

// Longer than the pauses between the waves of a page's own loading, shorter than its poll of the stock.
const QUIET_MS = 2_000;

/** All JavaScript that the programme's page loads before anybody touches it, gzipped, against an empty page's. */
export async function firstLoad() {
  const portal = await benchPortal(20_000);
  const [page, floor] = await inBrowser(portal, async (context) => [
    await scriptsOf(await context.newPage(), `${portal.url}${PROGRAMME}`),
    await scriptsOf(await context.newPage(), `${portal.url}/floor`),
  ]);
  if (!page || !floor) throw new Error('A page was not measured');
  const ratio = page.bytes / floor.bytes;
  const words = ({ files, bytes }: Scripts) => `${(bytes / 1000).toFixed(1)} kB in ${files} files`;
  return [
    figure([ratio], {
      name: 'e',
      what: 'JavaScript that the programme page loads untouched, gzipped, over that of an empty page',
      bar: { atMost: 2.2 },
      from: `${words(page)} against ${words(floor)}`,
    }),
  ];
}

type Scripts = { files: number; bytes: number };

async function scriptsOf(page: Page, url: string): Promise<Scripts> {
  const sizes = new Map<string, Promise<number>>();
  let lastAt = performance.now();
  page.on('response', (response) => {
    if (!/javascript/.test(response.headers()['content-type'] ?? '')) return;
    lastAt = performance.now();
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    );
  });
  // Not `networkidle`: a page that keeps its stock fresh is never idle for long.
  const answer = await page.goto(url, { timeout: 60_000 });
  if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
  while (performance.now() - lastAt < QUIET_MS) await page.waitForTimeout(100);
  const bytes = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  await page.close();
  return { files: sizes.size, bytes };
}
