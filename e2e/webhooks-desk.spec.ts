import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { denounced, dialog, openLot, searchJournal, searchList } from './harness/journeys';
import { cast } from './harness/people';
import type { Stage } from './harness/stage';
import { expect, test } from './harness/test';

const staff = 'antoine.delmas@valmont.exemple';
const stranger = 'yann.kermarec@littoral.exemple';

const newPage = async (browser: Browser, { url }: Stage): Promise<Page> =>
  (await browser.newContext({ baseURL: url })).newPage();

/** Koban's calls that hold these words, in the log of its promoter's staff. */
async function openLog(page: Page, words: string) {
  await page.goto('/admin/webhooks');
  await searchList(page, words);
  return page.getByRole('region', { name: 'Appels reçus' }).getByRole('listitem').filter({ hasText: words });
}
const leadsOf = (page: Page) =>
  page.getByRole('region', { name: 'Contacts et demandes reçus' }).getByRole('listitem');

test('a call about a lot that the mirror does not know is held and says why; played again once it does, it takes effect once', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  // Three more looks within a minute or so come before a person is asked.
  test.setTimeout(480_000);
  await enter(page, cast.adviser.email);
  const prospect = await denounced(page);
  const silent = { mode: 'business', body: { Length: 0, List: [] }, remaining: null };
  await sandbox.fault({ method: 'ncDeal/GetUpdated', account: 'valmont', ...silent });
  const lot = await sandbox.newLot('valmont', 'TDC');
  await sandbox.act('valmont', 'place-option', { lot, third: { EMail: prospect.email } });

  const desk = await newPage(browser, portal);
  await enter(desk, staff);
  await expect(async () => expect(await openLog(desk, lot)).toHaveCount(1)).toPass();
  const held = await openLog(desk, lot);
  await expect(held).toContainText('motif\u00A0: lot inconnu du portail');
  await expect(held).toContainText('À traiter');
  await expect(held).toContainText('En quarantaine', { timeout: 120_000 });
  await expect(held).toContainText('motif\u00A0: lot inconnu du portail');

  await sandbox.clearFaults();
  await openLot(page, lot);
  const options = page.getByRole('row').filter({ hasText: prospect.firstName });
  await page.goto('/options');
  await expect(options).toHaveCount(0);

  const replay = held.getByRole('button', { name: `Rejouer : Option posée · Lot ${lot}` });
  await replay.click();
  await expect(held).toContainText('Traité');
  await expect(held).toContainText('motif\u00A0: inscrit dans le portail');
  await expect(held).toContainText('rejoué par Antoine Delmas');
  await page.goto('/options');
  await expect(options).toContainText('Rang 1');

  // Played a second time by a person, and told a second time by Koban.
  await replay.click();
  await expect(desk.getByText('Appel remis à traiter.').last()).toBeVisible();
  const told = (await sandbox.webhooks('valmont')).find(({ fields }) => fields.Deal_Extcode === lot);
  await sandbox.callAgain('valmont', told?.id ?? 0);
  await expect(async () => {
    const calls = await openLog(desk, lot);
    await expect(calls).toHaveCount(2, { timeout: 1_000 });
    await expect(calls.first()).toContainText('Doublon', { timeout: 1_000 });
    await expect(calls.first()).toContainText('motif\u00A0: déjà reçu');
    await expect(calls.last()).toContainText('Traité');
  }).toPass({ timeout: 30_000 });
  await desk.goto('/admin/journal');
  await searchJournal(desk, lot);
  await expect(desk.getByRole('listitem').filter({ hasText: 'Option posée' })).toHaveCount(1);
  await page.goto('/options');
  await expect(options).toHaveCount(1);
  await desk.context().close();
});

test('a lead that Koban tells twice is one lead, for its own promoter’s staff to handle; another’s see nothing of it', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  const name = `Guilvinec ${Date.now()}`;
  await sandbox.webhookFault({ mode: 'duplicated', event: 'lead', account: 'valmont' });
  await sandbox.act('valmont', 'lead', {
    ...{ Name: name, FirstName: 'Maëlle', EMail: 'maelle@exemple.fr', Comments: 'Un T3 au sud' },
  });
  await enter(page, staff);
  await expect(async () => {
    const calls = await openLog(page, name);
    await expect(calls).toHaveCount(2, { timeout: 1_000 });
    await expect(calls.first()).toContainText('motif\u00A0: déjà reçu', { timeout: 1_000 });
    await expect(calls.first()).toContainText('Doublon');
    await expect(calls.last()).toContainText('motif\u00A0: contact enregistré');
  }).toPass({ timeout: 20_000 });

  await page.goto('/admin/leads');
  await searchList(page, name);
  const mine = leadsOf(page).filter({ hasText: name });
  await expect(mine).toHaveCount(1);
  await expect(mine).toContainText('Un T3 au sud');
  await expect(mine).toContainText('À traiter');
  await mine.getByRole('button', { name: `Marquer traité : ${name} Maëlle` }).click();
  await expect(mine).toContainText('Traité par Antoine Delmas');

  const theirs = await newPage(browser, portal);
  await enter(theirs, stranger);
  await sandbox.act('littoral', 'lead', { Name: `Leur ${name}` });
  await expect(async () => {
    await theirs.goto('/admin/leads');
    await expect(leadsOf(theirs).filter({ hasText: name })).toHaveCount(1, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(leadsOf(theirs).filter({ hasText: name })).toContainText(`Leur ${name}`);
  await expect(await openLog(theirs, name)).toHaveCount(1);
  await theirs.context().close();
});

test('while the secret changes both open and nothing is lost; ended by the staff, the old one opens no longer', async ({
  page,
  ownPortal,
  enter,
}) => {
  const { sandbox, url } = ownPortal;
  const demo = JSON.parse(readFileSync('sandbox/demo.provisioning.json', 'utf8'));
  const { token, secret: old } = demo.promoters[0].webhook;
  const base = `${url}/api/webhooks/koban/${token}/`;
  /** Koban tells of somebody under this secret. @returns what it was answered */
  const tell = async (name: string, secret: string) => {
    await sandbox.webhook('valmont', { base, secret, secretIn: 'header' });
    await sandbox.act('valmont', 'lead', { Name: name });
    const answered = async () =>
      (await sandbox.webhooks('valmont')).find(({ fields }) => fields.Name === name)?.attempts[0];
    await expect.poll(answered).toBeDefined();
    return (await answered())?.status;
  };

  await enter(page, staff, ownPortal);
  await page.goto(`${url}/admin/webhooks`);
  const end = page.getByRole('button', { name: 'Ne plus accepter l’ancien secret' });
  await expect(end).toBeHidden();
  await page.getByRole('button', { name: 'Changer le secret' }).click();
  await dialog(page).getByText('Le secret actuel reste accepté sept jours').waitFor();
  await dialog(page).getByRole('button', { name: 'Changer le secret' }).click();
  await expect(page.getByText(/L’ancien secret reste accepté jusqu’au /)).toBeVisible();
  await page.getByRole('button', { name: 'Afficher le secret' }).click();
  const fresh = (await page.getByRole('code').textContent()) ?? '';
  expect(fresh).not.toBe(old);
  expect([await tell('Ancien', old), await tell('Nouveau', fresh)]).toEqual([200, 200]);

  await end.click();
  await dialog(page).getByRole('button', { name: 'Ne plus accepter l’ancien secret' }).click();
  await expect(page.getByText('L’ancien secret n’est plus accepté.')).toBeVisible();
  await expect(page.getByText(/L’ancien secret reste accepté/)).toBeHidden();
  await expect(end).toBeHidden();
  expect([await tell('Trop tard', old), await tell('Depuis', fresh)]).toEqual([401, 200]);

  await expect(async () => {
    await page.goto(`${url}/admin/leads`);
    await expect(leadsOf(page)).toHaveCount(3, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(leadsOf(page).filter({ hasText: 'Trop tard' })).toHaveCount(0);
});
