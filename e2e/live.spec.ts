import type { Page } from '@playwright/test';
import {
  choose,
  confirmation,
  denounced,
  dialog,
  expectAccepted,
  newProspect,
  openForm,
  openLot,
  send,
  typeIdentity,
} from './harness/journeys';
import { cast } from './harness/people';
import { expect, test } from './harness/test';

const claire = 'claire.lambert@ormeau.exemple';
const staffEmail = 'antoine.delmas@valmont.exemple';
const { adviser, manager } = cast;

const plan = (page: Page) => page.getByRole('region', { name: 'Plan par étage' });
const list = (page: Page) => page.getByRole('table', { name: 'Lots' });
const row = (page: Page, extcode: string) => list(page).locator(`tr[data-lot="${extcode}"]`);
const badge = (page: Page, extcode: string) => row(page, extcode).locator('[data-status]');
const cell = (page: Page, extcode: string) => plan(page).locator(`[data-lot="${extcode}"]`).getByRole('link');
const count = (page: Page) => page.getByRole('status').filter({ hasText: / sur \d/ });
const freshness = (page: Page) => page.locator('[data-freshness]').first();
const cut = 'Flux coupé : actualisation toutes les 10 s';

/** The streams and readings of the stock that a page asks for from now on. */
function watchRequests(page: Page): { streams: string[]; stock: string[] } {
  const asked = { streams: [] as string[], stock: [] as string[] };
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/api/events') asked.streams.push(request.url());
    if (pathname === '/api/stock') asked.stock.push(request.url());
  });
  return asked;
}

/** A programme's page that shows this lot, once it hears the stream: the salesman's touch of another lot comes through. */
async function openLive(page: Page, path: string, extcode: string): Promise<void> {
  await expect(async () => {
    const stream = page.waitForResponse((response) => response.url().includes('/api/events'), {
      timeout: 15_000,
    });
    await page.goto(path);
    expect((await stream).status()).toBe(200);
    await expect(row(page, extcode)).toBeVisible({ timeout: 10_000 });
    await expect(cell(page, extcode)).toBeVisible({ timeout: 10_000 });
  }).toPass();
  await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
}

const samePage = (page: Page) => expect(page.locator('body')).toHaveAttribute('data-same-page', '');

test('the salesman’s change shows in two browsers at once: badge, plan and counts, without a reading or a reload @phone', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  const colleague = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await enter(page, claire);
  await enter(colleague, adviser.email);
  const path = `/programmes/valmont/TDC?q=${lot.slice(4)}`;
  const screens = [page, colleague];
  const asked = screens.map(watchRequests);
  for (const screen of screens) {
    await openLive(screen, `${portal.url}${path}`, lot);
    await expect(badge(screen, lot)).toHaveText('Libre');
    await expect(freshness(screen)).not.toContainText('Flux coupé');
  }
  const readings = asked.map(({ stock }) => stock.length);

  await sandbox.act('valmont', 'set-price', { lot, priceCents: 34_567_800 });
  for (const screen of screens) await expect(row(screen, lot)).toContainText('345 678 €');
  await sandbox.act('valmont', 'set-status', { lot, status: 'BLOQUE' });
  for (const [index, screen] of screens.entries()) {
    await expect(badge(screen, lot)).toHaveText('Bloqué');
    await expect(cell(screen, lot)).toHaveAccessibleName(/Bloqué/);
    await samePage(screen);
    // All of it came by the stream: nothing was asked for meanwhile.
    expect(asked[index]?.stock).toHaveLength(readings[index] ?? 0);
  }
  await colleague.context().close();
});

test('the counts of a programme follow, and its list under a filter', async ({ page, sandbox, enter }) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, claire);
  await openLive(page, `/programmes/valmont/TDC?q=${lot.slice(4)}&statut=libre`, lot);
  const figure = (name: string) => page.locator(`dt:text-is("${name}") + dd`);
  const [free, closed] = await Promise.all(
    ['Libres', 'Réservés, actés'].map(async (name) => Number(await figure(name).textContent())),
  );
  await expect(count(page)).toHaveText(/^1 lot sur/);
  await sandbox.act('valmont', 'set-status', { lot, status: 'RESV' });
  await expect(figure('Libres')).toHaveText(String((free ?? 0) - 1));
  await expect(figure('Réservés, actés')).toHaveText(String((closed ?? 0) + 1));
  await expect(count(page)).toHaveText(/^0 lots? sur/);
  await samePage(page);
});

test('one tab of a browser holds the stream for all of them, and the next takes over when it closes', async ({
  page,
  context,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, claire);
  const path = new URL(`/programmes/valmont/TDC?q=${lot.slice(4)}`, page.url()).href;
  await openLive(page, path, lot);
  const second = await context.newPage();
  const asked = watchRequests(second);
  await second.goto(path);
  await expect(cell(second, lot)).toBeVisible();
  await sandbox.act('valmont', 'set-price', { lot, priceCents: 45_678_900 });
  for (const tab of [page, second]) await expect(row(tab, lot)).toContainText('456 789 €');
  expect(asked.streams).toHaveLength(0);

  await page.close();
  await expect.poll(() => asked.streams.length).toBe(1);
  await sandbox.act('valmont', 'set-price', { lot, priceCents: 56_789_000 });
  await expect(row(second, lot)).toContainText('567 890 €');
  await expect(freshness(second)).not.toContainText('Flux coupé');
});

test('without the stream the screen asks by itself and says so; with it, it stops', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, claire);
  await openLive(page, `/programmes/valmont/TDC?q=${lot.slice(4)}`, lot);
  await page.route('**/api/events*', (route) => route.abort());
  await page.reload();
  await expect(freshness(page)).toContainText(cut);
  await sandbox.act('valmont', 'set-price', { lot, priceCents: 23_456_700 });
  await expect(row(page, lot)).toContainText('234 567 €', { timeout: 20_000 });
  await page.unroute('**/api/events*');
  await expect(freshness(page)).not.toContainText('Flux coupé', { timeout: 30_000 });
});

test('a server that dies and comes back is said to be silent, and then missed nothing', async ({
  page,
  ownPortal,
  enter,
}) => {
  test.setTimeout(360_000);
  const { sandbox } = ownPortal;
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, claire, ownPortal);
  await openLive(page, `${ownPortal.url}/programmes/valmont/TDC?q=${lot.slice(4)}`, lot);
  await ownPortal.kill();
  await expect(freshness(page)).toContainText(cut);
  await sandbox.act('valmont', 'set-price', { lot, priceCents: 78_901_200 });
  await ownPortal.restart();
  await expect(freshness(page)).not.toContainText('Flux coupé', { timeout: 30_000 });
  await expect(row(page, lot)).toContainText('789 012 €', { timeout: 30_000 });
  await samePage(page);
  // Asked to stop, it ends its streams and waits for none.
  const start = performance.now();
  await ownPortal.restart();
  expect(performance.now() - start).toBeLessThan(60_000);
  await expect(freshness(page)).not.toContainText('Flux coupé', { timeout: 30_000 });
});

test('an option dialog says when the ground moved, asks Koban again, and confirms nothing by itself', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser.email);
  const { lastName, firstName } = await denounced(page);
  await openLot(page, lot);
  await page.getByRole('button', { name: 'Poser une option' }).click();
  await choose(page, `${lastName} ${firstName}`);
  await expect(confirmation(page, 1)).toBeEnabled();
  await sandbox.act('valmont', 'place-option', { lot });
  await expect(dialog(page)).toContainText('Le statut de ce lot vient de changer');
  await expect(confirmation(page, 2)).toBeVisible();
  await expect(dialog(page)).toContainText('Koban accordait le rang 1');
  await expect(confirmation(page, 1)).toHaveCount(0);
  expect(await sandbox.asked(lot, 'ncOption/Add')).toHaveLength(0);
  // What was chosen is still chosen.
  await confirmation(page, 2).click();
  await expect(dialog(page).getByText('Option de rang 2 posée')).toBeVisible({ timeout: 20_000 });
});

test('a colleague’s dénonciation appears in the manager’s list, and not in another adviser’s', async ({
  page,
  browser,
  portal,
  enter,
}) => {
  const boss = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await enter(boss, manager.email);
  await enter(page, adviser.email);
  const prospect = newProspect('Castellane');
  // Something for the list to show, so that it is a list.
  await openForm(page);
  await typeIdentity(page, newProspect());
  await send(page);
  await expectAccepted(page);
  await boss.goto(`${portal.url}/denonciations`);
  await expect(boss.locator('tr[data-act]').first()).toBeVisible();
  await boss.evaluate(() => document.body.setAttribute('data-same-page', ''));
  await openForm(page);
  await typeIdentity(page, prospect);
  await send(page);
  await expectAccepted(page);
  const line = boss.locator('tr[data-act]').filter({ hasText: prospect.firstName });
  await expect(line).toContainText('Acceptée');
  await samePage(boss);
  await boss.context().close();
});

test('the stream carries a doubt to the dashboard and to the promoter’s staff before either would have asked', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  // Both read themselves anew every 30 s, counted from when they are opened.
  const pace = 30_000;
  await enter(page, adviser.email);
  const prospect = newProspect('Doucet');
  await openForm(page);
  await typeIdentity(page, prospect);
  const [boss, desk] = [await browser.newContext({ locale: 'fr-FR' }), await browser.newContext()];
  const [board, staff] = [await boss.newPage(), await desk.newPage()];
  await enter(board, manager.email);
  await enter(staff, staffEmail);
  await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', remaining: 1 });
  const opened = performance.now();
  for (const [screen, path] of [
    [board, '/'],
    [staff, '/admin/incertains'],
  ] as const) {
    const stream = screen.waitForResponse((response) => response.url().includes('/api/events'));
    await screen.goto(`${portal.url}${path}`);
    expect((await stream).status()).toBe(200);
  }
  await send(page);
  const left = () => pace - (performance.now() - opened);
  await expect(
    board.getByRole('region', { name: 'À faire aujourd’hui' }).getByText(prospect.firstName),
  ).toBeVisible({ timeout: left() });
  await expect(staff.locator('[data-act]').filter({ hasText: prospect.firstName })).toBeVisible({
    timeout: left(),
  });
  expect(left()).toBeGreaterThan(0);
  await Promise.all([boss.close(), desk.close()]);
});

test('without the stream a list of acts and the dashboard ask by themselves, and say so', async ({
  page,
  browser,
  portal,
  enter,
}) => {
  const said = 'Flux coupé : actualisation toutes les 15 s';
  await enter(page, adviser.email);
  await denounced(page);
  const [boss, desk] = [await browser.newContext({ locale: 'fr-FR' }), await browser.newContext()];
  const [list, board] = [await boss.newPage(), await desk.newPage()];
  for (const [screen, path] of [
    [list, '/denonciations'],
    [board, '/'],
  ] as const) {
    await enter(screen, manager.email);
    await screen.route('**/api/events*', (route) => route.abort());
    await screen.goto(`${portal.url}${path}`);
    await expect(screen.getByText(said)).toBeVisible();
    await screen.evaluate(() => document.body.setAttribute('data-same-page', ''));
  }
  const { firstName } = await denounced(page);
  await expect(list.locator('tr[data-act]').filter({ hasText: firstName })).toBeVisible({ timeout: 25_000 });
  await expect(board.locator('li[data-stage]').filter({ hasText: firstName })).toBeVisible({
    timeout: 25_000,
  });
  for (const screen of [list, board]) {
    await samePage(screen);
    await screen.unroute('**/api/events*');
    await expect(screen.getByText(said)).toHaveCount(0, { timeout: 30_000 });
    await screen.context().close();
  }
});

test('a session that ends elsewhere ends the stream, and the screen says that it no longer follows', async ({
  page,
  context,
  sandbox,
  signIn,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await signIn(page, cast.colleague.email);
  const path = new URL(`/programmes/valmont/TDC?q=${lot.slice(4)}`, page.url()).href;
  await openLive(page, path, lot);
  const second = await context.newPage();
  await second.goto(path);
  await second.getByRole('button', { name: `Compte de ${cast.colleague.name}` }).click();
  await second.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(second).toHaveURL(/\/connexion/);
  await expect(page.getByText('Cet écran n’est plus mis à jour')).toBeVisible({ timeout: 15_000 });
  await samePage(page);
});
