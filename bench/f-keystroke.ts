import type { Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { PROGRAMME } from './a-programme-page';
import { inBrowser } from './harness/browser';
import { figure } from './harness/figure';
import { benchPortal } from './harness/portal';
import { percentile } from './harness/statistics';
import { press, recordStrokes } from './harness/strokes';

const LOTS = 20_000;
const WORDS = ['104', '201', '31', 'a50', '402', '15', '605', '01', 'b3', 'c12', '512', '304'];
const LEAST_STROKES = 60;

/** From a key pressed in a filter to the list painted, on a programme of 20,000 lots, with the same keys on a bare page beside it. */
export async function keystroke() {
  // The sandbox's programmes have 300 lots each: here one has them all.
  const portal = await benchPortal(LOTS, sql`update lot set programme_code = 'STK001'`);
  const measured = await inBrowser(portal, async (context) => {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${portal.url}${PROGRAMME}`);
    await page.locator(`table[aria-rowcount="${LOTS + 1}"]`).waitFor();
    // The whole stock has come when a row past those of the first paint can be drawn.
    await page.getByRole('searchbox', { name: 'Chercher un lot' }).waitFor();
    await wholeStock(page);
    await recordStrokes(page);
    const strokes = [...(await searched(page)), ...(await priced(page))];
    const bare = await bareStrokes(await context.newPage(), `${portal.url}/floor`);
    return { strokes, bare };
  });
  const { strokes, bare } = measured;
  if (strokes.length < LEAST_STROKES) throw new Error(`Only ${strokes.length} keys changed the list`);
  return [
    figure(
      { median: percentile(strokes, 0.95), min: Math.min(...strokes), max: Math.max(...strokes) },
      {
        name: 'f',
        what: 'from a key pressed in a filter to the painted list of a programme of 20,000 lots, p95',
        unit: 'ms',
        bar: { atMost: 50 },
        from: `${strokes.length} keys; p50 ${percentile(strokes, 0.5).toFixed(1)} ms; p95 on a bare page ${percentile(bare, 0.95).toFixed(1)} ms`,
      },
    ),
  ];
}

/** Until the browser holds every lot: a row far below the first ones is then a lot, and not its empty place. */
async function wholeStock(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 4_000));
  await page.locator('tr[aria-rowindex="60"][data-lot]').waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator('tr[aria-rowindex="2"][data-lot]').waitFor();
}

/** Words typed in the search and taken away again, letter by letter. */
async function searched(page: Page): Promise<number[]> {
  await page.getByRole('searchbox', { name: 'Chercher un lot' }).focus();
  const keys = WORDS.flatMap((word) => [...word, ...Array.from(word, () => 'Backspace')]);
  return press(page, keys);
}

/** A least price whose last digit comes and goes. */
async function priced(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: 'Prix', exact: true }).click();
  await page.getByLabel('Minimum').fill('25000');
  await page.waitForTimeout(500);
  return press(
    page,
    Array.from({ length: 24 }, (_, turn) => (turn % 2 === 0 ? String((turn / 2) % 10) : 'Backspace')),
  );
}

/** The same on a page that has nothing but a field and a list of as many rows as a screen shows. */
async function bareStrokes(page: Page, url: string): Promise<number[]> {
  await page.goto(url);
  await page.evaluate(() => {
    const field = document.createElement('input');
    const table = document.createElement('table');
    const body = table.createTBody();
    const rows = Array.from({ length: 30 }, () => body.insertRow().insertCell());
    field.addEventListener('input', () => {
      for (const [index, cell] of rows.entries()) cell.textContent = `${field.value} ${index}`;
    });
    document.body.append(field, table);
    field.focus();
  });
  await recordStrokes(page);
  return press(
    page,
    Array.from({ length: 40 }, (_, turn) => String(turn % 10)),
  );
}
