import type { Page } from '@playwright/test';
import { denounced, openLot, placeOption } from './harness/journeys';
import { cast, rivals } from './harness/people';
import { expect, test } from './harness/test';

const operator = 'exploitation@parvis.exemple';
const labelOf = (lot: string) => lot.slice('TDC-'.length);
const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
/** The bell asks every fifteen seconds, the portal tells within two of a pull a second. */
const soon = { timeout: 40_000 };

/** Subjects of the mail kept for an address, as the operator reads them. */
async function mailTo(page: Page, address: string): Promise<string[]> {
  await page.goto(new URL('/operateur/courrier', page.url()).href);
  const mails = page.getByRole('main').getByRole('listitem');
  await expect(mails.first()).toBeVisible();
  return mails.filter({ hasText: address }).allTextContents();
}

test('a lot that frees is told to whoever asked, once: in the bell and by mail @phone', async ({
  page,
  browser,
  sandbox,
  enter,
}) => {
  test.setTimeout(120_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, cast.watchful.email);
  await openLot(page, lot);
  const ask = page.getByRole('button', { name: 'Me prévenir si ce lot se libère' });
  // There is nothing to wait for while it is free.
  await expect(page.getByRole('button', { name: 'Suivre ce lot' })).toBeVisible();
  await expect(ask).toHaveCount(0);

  await sandbox.act('valmont', 'place-option', { lot });
  await expect(ask).toBeVisible(soon);
  await ask.click();
  await expect(page.getByText('Vous serez prévenu si ce lot se libère.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Ne plus me prévenir' })).toBeVisible();
  await page.goto('/');
  const watched = page.getByRole('region', { name: 'Alertes et lots suivis' });
  await expect(watched.getByRole('link', { name: `Lot ${labelOf(lot)}` })).toBeVisible();
  await expect(watched).toContainText('Alerte s’il se libère');

  await sandbox.act('valmont', 'cancel-option', { lot, rank: 1 });
  await expect(bell(page)).toHaveAccessibleName(/non lue/, soon);
  await bell(page).click();
  const notice = page.getByRole('link', { name: new RegExp(`^Le lot ${labelOf(lot)} est libre`) });
  await expect(notice).toContainText('Les Terrasses du Canal');
  await notice.click();
  await expect(page).toHaveURL(new RegExp(`/lots/valmont/${lot}$`));
  await page.goto('/notifications');
  const line = page.getByRole('listitem').filter({ hasText: `Le lot ${labelOf(lot)} est libre` });
  await expect(line).toBeVisible();
  await expect(line.getByText('Non lue')).toHaveCount(0);
  // The alert is spent.
  await page.goto('/');
  await expect(watched).toBeVisible();
  await expect(watched.getByRole('link', { name: `Lot ${labelOf(lot)}` })).toHaveCount(0);

  const desk = await (await browser.newContext()).newPage();
  await enter(desk, operator);
  const mails = await mailTo(desk, cast.watchful.email);
  expect(mails.filter((row) => row.includes(`Le lot ${labelOf(lot)} est libre`))).toHaveLength(1);
  await desk.context().close();
});

test('a followed lot tells its new price, in the language that the person chose', async ({
  page,
  browser,
  sandbox,
  enter,
}) => {
  test.setTimeout(120_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  const { email } = rivals.second;
  await enter(page, email);
  await page.goto('/compte');
  await page.getByRole('main').getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await openLot(page, lot);
  await page.getByRole('button', { name: 'Follow this lot' }).click();
  await expect(page.getByText('You follow this lot.')).toBeVisible();

  await sandbox.act('valmont', 'set-price', { lot, priceCents: 31_250_000 });
  await page.goto('/notifications');
  await expect(page.getByRole('link', { name: `New price: lot ${labelOf(lot)}` })).toBeVisible(soon);
  await expect(page.getByText(/to €?312,500/)).toBeVisible();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByRole('heading', { name: 'None unread' })).toBeVisible();
  const desk = await (await browser.newContext()).newPage();
  await enter(desk, operator);
  // A new price is told in the portal, and by mail to whoever wants it.
  expect((await mailTo(desk, email)).filter((row) => row.includes('New price'))).toEqual([]);
  await desk.context().close();
  await page.goto('/compte');
  await page.getByRole('main').getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
});

test('an accepted option is written to its adviser and shown to the manager, and to nobody else', async ({
  page,
  browser,
  sandbox,
  enter,
}) => {
  test.setTimeout(120_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  const told = `Option de rang 1 posée sur le lot ${labelOf(lot)}`;
  await enter(page, cast.watchful.email);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await placeOption(page, prospect);

  const manager = await (await browser.newContext()).newPage();
  await enter(manager, cast.manager.email);
  await manager.goto(new URL('/notifications', page.url()).href);
  await expect(manager.getByRole('link', { name: told })).toBeVisible(soon);
  await expect(
    manager.getByRole('listitem').filter({ hasText: told }).getByText(prospect.lastName),
  ).toBeVisible();

  const desk = await (await browser.newContext()).newPage();
  await enter(desk, operator);
  expect((await mailTo(desk, cast.watchful.email)).filter((row) => row.includes(told))).toHaveLength(1);
  expect((await mailTo(desk, cast.manager.email)).filter((row) => row.includes(told))).toEqual([]);
  await page.goto('/notifications');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: told })).toHaveCount(0);
  const rival = await (await browser.newContext()).newPage();
  await enter(rival, rivals.first.email);
  await rival.goto(new URL('/notifications', page.url()).href);
  await expect(rival.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(rival.getByText(told)).toHaveCount(0);
  for (const each of [manager, desk, rival]) await each.context().close();
});

test('each person chooses by which ways they are told @phone', async ({ page, enter }) => {
  await enter(page, cast.newcomer.email);
  await page.goto('/compte');
  const mail = page.getByRole('checkbox', { name: /^Lot libéré\s: E-mail$/ });
  await expect(mail).toBeChecked();
  await mail.uncheck();
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
  await page.reload();
  await expect(mail).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Lot libéré\s: Portail$/ })).toBeChecked();
  // The acts of colleagues are a manager's to choose.
  await expect(page.getByRole('checkbox', { name: /^Actes de mes collègues/ })).toHaveCount(0);
  await mail.check();
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
});

test('a private calendar address is shown once, renewed and taken away', async ({ page, request, enter }) => {
  await enter(page, cast.newcomer.email);
  await page.goto('/compte');
  const calendar = page.getByRole('region', { name: 'Calendrier' });
  const address = calendar.getByLabel('Adresse du calendrier');
  await calendar.getByRole('button', { name: /Créer mon adresse|Renouveler/ }).click();
  await expect(address).toHaveValue(/\/api\/calendrier\/[\w-]{43}\.ics$/);
  const first = await address.inputValue();
  const answer = await request.get(first);
  expect(answer.status()).toBe(200);
  expect(answer.headers()['cache-control']).toContain('private');
  expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);

  await page.reload();
  await expect(calendar.getByText(/Une adresse est en service depuis/)).toBeVisible();
  await expect(address).toHaveCount(0);
  await calendar.getByRole('button', { name: 'Renouveler l’adresse' }).click();
  await expect(address).toHaveValue(/\.ics$/);
  const second = await address.inputValue();
  expect((await request.get(first)).status()).toBe(404);
  expect((await request.get(second)).status()).toBe(200);
  await calendar.getByRole('button', { name: 'Supprimer l’adresse' }).click();
  await expect(calendar.getByText('L’adresse ne répond plus.')).toBeVisible();
  expect((await request.get(second)).status()).toBe(404);
});
