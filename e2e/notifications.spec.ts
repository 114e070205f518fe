import type { Page, Route } from '@playwright/test';
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
  const lot = await sandbox.newLot('valmont', 'TDC');
  // Told within two seconds, it may come before the reading that proves the rank.
  const label = labelOf(lot);
  const told = new RegExp(
    `Option (de rang 1 posée sur le lot ${label}|posée sur le lot ${label}, rang à confirmer)`,
  );
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
  expect((await mailTo(desk, cast.watchful.email)).filter((row) => told.test(row))).toHaveLength(1);
  expect((await mailTo(desk, cast.manager.email)).filter((row) => told.test(row))).toEqual([]);
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
  // Too early, the page does not listen yet.
  await expect(() => mail.uncheck({ timeout: 1_000 })).toPass();
  await expect(page.getByText('Enregistré', { exact: true })).toBeVisible();
  await page.reload();
  await expect(mail).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Lot libéré\s: Portail$/ })).toBeChecked();
  // The acts of colleagues are a manager's to choose.
  await expect(page.getByRole('checkbox', { name: /^Actes de mes collègues/ })).toHaveCount(0);
  await expect(() => mail.check({ timeout: 1_000 })).toPass();
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

/**
 * The push service that a browser under test has none of: it agrees to pushes at this address, and remembers that it did. All else is
 * the browser's own: permission, worker, and what the portal's server answers.
 */
function lendPushService(endpoint: string) {
  const agreed = {
    endpoint,
    toJSON: () => ({ endpoint, keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } }),
    unsubscribe: async () => {
      sessionStorage.removeItem('agreed');
      return true;
    },
  };
  Object.assign(PushManager.prototype, {
    subscribe: async (options: PushSubscriptionOptionsInit) => {
      sessionStorage.setItem('agreed', String(options.applicationServerKey));
      return agreed;
    },
    getSubscription: async () => (sessionStorage.getItem('agreed') ? agreed : null),
  });
}

test.describe('the switch for notices in this browser', () => {
  const service = 'https://updates.push.services.mozilla.com/wpush/v2/essai';
  const allow = (page: Page) => page.getByRole('button', { name: 'Autoriser sur ce navigateur' });
  const stop = (page: Page) => page.getByRole('button', { name: 'Arrêter sur ce navigateur' });
  const worker = (page: Page) =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      return registration?.active?.scriptURL ?? null;
    });
  /** What the portal's server answers to the action that a press sends with this address. */
  async function answered(page: Page, press: () => Promise<void>): Promise<string> {
    const got = Promise.withResolvers<string>();
    const hear = async (route: Route) => {
      if (!route.request().postData()?.includes('wpush/v2')) return route.fallback();
      const response = await route.fetch();
      got.resolve(await response.text());
      await route.fulfill({ response });
    };
    await page.route('**/*', hear);
    await press();
    const answer = await got.promise;
    await page.unroute('**/*', hear);
    return answer;
  }

  test('is turned on and off where the person allows it, and the portal keeps and forgets the browser', async ({
    page,
    context,
    enter,
  }) => {
    await context.grantPermissions(['notifications']);
    await page.addInitScript(lendPushService, service);
    await enter(page, cast.newcomer.email);
    await page.goto('/compte');
    await expect(allow(page)).toBeVisible();
    // Nothing is installed or asked before a press.
    expect(await worker(page)).toBeNull();
    const kept = await answered(page, () => allow(page).click());
    expect(kept).not.toMatch(/serverError|validationErrors/);
    await expect(page.getByText('Ce navigateur affiche vos notifications')).toBeVisible();
    expect(await worker(page)).toMatch(/\/push-worker\.js$/);
    // The key by which the browser will know the portal's pushes: an uncompressed point of P-256.
    expect(await page.evaluate(() => sessionStorage.getItem('agreed'))).toMatch(/^B[\w-]{86}$/);

    await page.reload();
    await expect(stop(page)).toBeVisible();
    const forgotten = await answered(page, () => stop(page).click());
    expect(forgotten).not.toMatch(/serverError|validationErrors/);
    await expect(allow(page)).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.getItem('agreed'))).toBeNull();
  });

  test('stays off where the portal does not keep the browser: its service is none that the portal writes to', async ({
    page,
    context,
    enter,
  }) => {
    await context.grantPermissions(['notifications']);
    await page.addInitScript(lendPushService, 'https://push.exemple.fr/wpush/v2/essai');
    await enter(page, cast.newcomer.email);
    await page.goto('/compte');
    expect(await answered(page, () => allow(page).click())).toContain('validationErrors');
    await expect(
      page.getByText('Le service de notification de ce navigateur n’a pas répondu.'),
    ).toBeVisible();
    await expect(allow(page)).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.getItem('agreed'))).toBeNull();
  });

  test('says that the browser refuses, and offers nothing to press', async ({ page, context, enter }) => {
    // Permissions are granted one by one here: whatever is not among them is refused.
    await context.grantPermissions(['clipboard-read']);
    await page.addInitScript(lendPushService, service);
    await enter(page, cast.newcomer.email);
    await page.goto('/compte');
    expect(await page.evaluate(() => Notification.permission)).toBe('denied');
    await expect(page.getByText('Ce navigateur refuse les notifications de ce site.')).toBeVisible();
    await expect(allow(page).or(stop(page))).toHaveCount(0);
    expect(await worker(page)).toBeNull();
  });
});
