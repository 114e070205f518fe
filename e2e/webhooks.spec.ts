import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  askOption,
  confirmation,
  denounced,
  dialog,
  openLot,
  type Prospect,
  placeOption,
} from './harness/journeys';
import { cast } from './harness/people';
import type { Stage } from './harness/stage';
import { expect, test } from './harness/test';

const adviser = cast.adviser.email;

/** The lot in Koban's own back office, as the promoter's salesman sees it. */
const consoleOf = ({ sandbox }: Stage, lot: string) => `${sandbox.url}/console/valmont/lots/${lot}`;

/** The partner's own row of this lot, which must come to say so. */
async function expectRow(page: Page, portal: Stage, lot: string, words: (string | RegExp)[]): Promise<void> {
  const row = page.locator(`tr[data-lot="${lot}"]`);
  await expect(async () => {
    await page.goto(`${portal.url}/options`);
    for (const each of words) await expect(row).toContainText(each, { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
}

/** The salesman places an option at his desk for somebody whom Koban knows. */
async function placeAtDesk(desk: Page, { lastName, firstName }: Prospect): Promise<void> {
  const form = desk.getByRole('region', { name: /Poser une option de rang/ });
  const known = form.getByLabel('Prospect connu');
  const name = await known.locator('option').filter({ hasText: firstName }).first().textContent();
  expect(name).toContain(lastName);
  await known.selectOption({ label: name?.trim() ?? '' });
  await form.getByRole('button', { name: 'Poser l’option' }).click();
}

const demo = JSON.parse(readFileSync('sandbox/demo.provisioning.json', 'utf8'));
const { token, secret } = demo.promoters[0].webhook;
const doorOf = (portal: Stage) => `${portal.url}/api/webhooks/koban/${token}/`;

/** The first question of a server's life may find its board not yet filled, and be answered « no »: asks until it is yes. */
async function expectOpen(portal: Stage, extcode: string): Promise<void> {
  const asked = `${doorOf(portal)}option-check?${new URLSearchParams({ secret, extcode })}`;
  await expect.poll(async () => (await (await fetch(asked)).json()).status).toBe(true);
}

test('the salesman places, prolongs and cancels in Koban, and the partner’s screens follow', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);

  const desk = await (await browser.newContext({ timezoneId: 'Europe/Paris' })).newPage();
  await desk.goto(consoleOf(portal, lot));
  await expectOpen(portal, lot);
  await placeAtDesk(desk, prospect);
  // Koban asked the portal first, which answered by its mirror.
  await expect(
    desk.getByText(/Option de rang 1 posée\. Le portail avait répondu « oui », rang 1/),
  ).toBeVisible();
  await expectRow(page, portal, lot, ['Rang 1', prospect.lastName]);
  await openLot(page, lot);
  await expect(page.getByText('Ce lot est libre')).toHaveCount(0);

  await desk.getByLabel('Nouvelle échéance du rang 1').fill('2031-03-14T15:10');
  await desk.getByRole('button', { name: 'Prolonger le rang 1' }).click();
  await expect(desk.getByText('Option de rang 1 prolongée.')).toBeVisible();
  // The first half hour not before the new date, in Paris.
  await expectRow(page, portal, lot, ['Rang 1', '15:30']);

  await desk.getByRole('button', { name: 'Annuler le rang 1' }).click();
  await expect(desk.getByText('Option de rang 1 annulée.')).toBeVisible();
  await expectRow(page, portal, lot, ['Annulée']);
  await openLot(page, lot);
  await expect(page.getByText('Ce lot est libre')).toBeVisible({ timeout: 20_000 });
  await desk.context().close();
});

test('rank 1 cancelled at the desk: rank 2’s holder moves up', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await sandbox.act('valmont', 'place-option', {
    lot,
    third: { Label: 'Rival', EMail: `rival.${lot}@exemple.fr` },
  });
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await placeOption(page, prospect, 2);
  const desk = await (await browser.newContext()).newPage();
  await desk.goto(consoleOf(portal, lot));
  await desk.getByRole('button', { name: 'Annuler le rang 1' }).click();
  await expectRow(page, portal, lot, ['Rang 1', prospect.lastName]);
  await desk.context().close();
});

test('an Add whose answer was lost is proven by Koban’s own call', async ({
  page,
  portal,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await askOption(page, prospect);
  await sandbox.fault({ method: 'ncOption/Add', mode: 'reset-after', match: lot });
  // The call comes a little after the answer that was lost.
  await sandbox.webhookFault({ mode: 'late', event: 'option-placed', account: 'valmont', delayMs: 8_000 });
  await confirmation(page, 1).click();
  await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });
  await expectRow(page, portal, lot, ['Rang 1', prospect.lastName]);
  expect((await sandbox.asked(lot, 'ncOption/Add')).length).toBe(1);
});

test('while an act on a lot is unknown, the portal tells Koban’s salesman no', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await askOption(page, prospect);
  await sandbox.fault({ method: 'ncOption/Add', mode: 'drop-before', match: lot });
  await confirmation(page, 1).click();
  await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });
  const desk = await (await browser.newContext()).newPage();
  await desk.goto(consoleOf(portal, lot));
  await placeAtDesk(desk, prospect);
  await expect(desk.getByText('Le portail a répondu « non » à la vérification préalable')).toBeVisible();
  await desk.context().close();
});

test('Koban’s secret opens in a header or in an address, reaches no log, and another opens nothing', async ({
  ownPortal,
}) => {
  const { sandbox } = ownPortal;
  const base = doorOf(ownPortal);
  const lead = async () => {
    const before = (await sandbox.webhooks('valmont')).length;
    await sandbox.act('valmont', 'lead', { Name: 'Garnier' });
    const answered = async () => (await sandbox.webhooks('valmont'))[before]?.attempts[0];
    await expect.poll(answered).toBeDefined();
    return answered();
  };
  expect(await lead()).toMatchObject({ status: 200, answer: '{"success":true}' });
  await sandbox.webhook('valmont', { base, secret, secretIn: 'query' });
  expect(await lead()).toMatchObject({ status: 200 });
  await sandbox.webhook('valmont', { base, secret: 'not-the-secret-of-anybody', secretIn: 'query' });
  expect(await lead()).toMatchObject({ status: 401 });
  const json = await fetch(`${base}lead?secret=${secret}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect([json.status, (await json.json()).error.code]).toEqual([415, 'wrong-content-type']);
  const large = await fetch(`${base}lead?secret=${secret}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `Name=${'x'.repeat(100_000)}`,
  });
  expect(large.status).toBe(413);
  const check = await fetch(`${base}option-check?secret=${secret}&extcode=NOWHERE`);
  expect([check.status, await check.json()]).toEqual([200, { status: false }]);
  expect(ownPortal.log.join('\n')).not.toContain(secret);
});
