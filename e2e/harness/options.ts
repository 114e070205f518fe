import { expect, type Locator, type Page } from '@playwright/test';
import { denounced, openLot, placeOption } from './journeys';
import type { SandboxControl } from './sandbox';

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

/** Koban's clock stands at this instant, and the portal has heard so: twice, for a pull may have been in hand. */
export async function kobanAt(sandbox: SandboxControl, instant: number): Promise<void> {
  await sandbox.clock({ now: new Date(instant).toISOString() });
  const pulls = async () => (await sandbox.calls({ account: 'valmont', method: 'ncDeal/GetUpdated' })).length;
  const before = await pulls();
  await expect.poll(pulls, { timeout: 20_000 }).toBeGreaterThan(before + 1);
}

/** So many minutes past the nearest full or half hour, whatever the time is: ten are far from both. */
export const kobanPast = (sandbox: SandboxControl, minutes: number) =>
  kobanAt(sandbox, Math.round(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS + minutes * MINUTE_MS);

export const rowOf = (page: Page, lot: string): Locator => page.locator(`tr[data-lot="${lot}"]`);
export const button = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true });

/** An option of a lot of its own, and « Mes options » open on it. */
export async function withOption(page: Page, sandbox: SandboxControl): Promise<string> {
  const lot = await sandbox.newLot('valmont', 'TDC');
  const prospect = await denounced(page);
  await openLot(page, lot);
  await placeOption(page, prospect);
  await page.goto(new URL('/options', page.url()).href);
  await expect(rowOf(page, lot)).toContainText('Rang 1');
  return lot;
}
