import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import {
  consent,
  denounce,
  denounced,
  dialog,
  expectAccepted,
  newProspect,
  openForm,
  openLot,
} from './harness/journeys';
import { cast } from './harness/people';
import { expect, test } from './harness/test';
import {
  adminScreens,
  operator,
  operatorScreens,
  publicScreens,
  type Screen,
  stockScreens,
} from './harness/tour';
import { playActs } from './harness/tour-acts';
import { openEmpty, playLinks } from './harness/tour-links';
import { playReservations } from './harness/tour-reservations';

const adviser = cast.adviser.email;

/** What the browser complains of: errors of scripts, refusals of the content policy, files that do not come. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  const pages = new Set<string>();
  page.on('request', (request) => request.isNavigationRequest() && pages.add(request.url()));
  page.on('console', (message) => {
    const of = message.text();
    const policy = /Content Security Policy|Refused to/.test(of);
    // A page that is not there answers 404, as it must.
    const { url } = message.location();
    const missing = /status of 404/.test(of) && pages.has(url);
    if ((message.type() === 'error' || policy) && !missing) complaints.push(`${of} ${url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'])
    // A mail is shown in a frame that runs no script, so axe would wait for its answer for ever.
    .exclude('iframe')
    .setLegacyMode(true)
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
}

/** No fault that axe can see, in either theme; nothing wider than the screen. */
async function expectAccessible(page: Page, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A loaded machine may still be painting the theme: what stays is a fault, what passes is not. Of 300 lots one look takes it long.
    await expect.soft
      .poll(() => faultsOf(page), { message: `${name}, ${colorScheme}`, timeout: 120_000 })
      .toEqual([]);
  }
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
  await expect.soft(page, name).toHaveTitle(/ · Parvis$|^Parvis$/);
}

/** axe offers its own script to every frame; that of a mail runs none, which is what it is for. */
const ofTheScreen = (complaint: string): boolean =>
  !complaint.startsWith("Blocked script execution in 'about:srcdoc'");

type Enter = (page: Page, email: string) => Promise<void>;

async function tour(page: Page, screens: Screen[], enter: Enter) {
  const complaints = complaintsOf(page);
  let who: string | null = null;
  for (const screen of screens) {
    if (screen.as !== null && screen.as !== who) {
      await page.context().clearCookies();
      await enter(page, screen.as);
      who = screen.as;
    }
    const complains = `${screen.name}: what the browser complains of`;
    await screen.open(page);
    expect.soft(complaints.splice(0), complains).toEqual([]);
    await expectAccessible(page, screen.name);
    expect.soft(complaints.splice(0).filter(ofTheScreen), complains).toEqual([]);
  }
}

test('the screens before the door are accessible in both themes @phone', async ({ page, browser, enter }) => {
  test.setTimeout(360_000);
  const empty = await openEmpty();
  try {
    await enter(page, operator);
    const links = await playLinks(browser, page, empty);
    await page.context().clearCookies();
    await page.goto('/connexion');
    await tour(page, [...publicScreens, ...links], enter);
  } finally {
    await empty.stage.close();
  }
});

test('the screens of the stock are accessible in both themes @phone', async ({ page, enter }) => {
  test.setTimeout(900_000);
  await tour(page, stockScreens, enter);
});

test('the operator’s screens are accessible in both themes @phone', async ({ page, enter }) => {
  test.setTimeout(360_000);
  await tour(page, operatorScreens, enter);
});

test('the screens of the promoter’s staff are accessible in both themes @phone', async ({
  page,
  sandbox,
  enter,
}) => {
  test.setTimeout(600_000);
  await enter(page, adviser);
  const prospect = newProspect('Douteux');
  await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', match: prospect.email });
  await denounce(page, prospect);
  await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await tour(page, adminScreens, enter);
});

test('the screens of the acts are accessible in both themes @phone', async ({
  page,
  portal,
  sandbox,
  enter,
}) => {
  test.setTimeout(840_000);
  await enter(page, adviser);
  const screens = await playActs(page, portal, adviser);
  await sandbox.clearFaults();
  await tour(page, screens, enter);
});

test('the screens of reservations are accessible in both themes @phone', async ({
  page,
  portal,
  sandbox,
  enter,
}) => {
  test.setTimeout(840_000);
  await enter(page, adviser);
  const screens = await playReservations(page, portal, adviser);
  await sandbox.clearFaults();
  await tour(page, screens, enter);
});

test('the main job by the keyboard alone', async ({ page, sandbox }) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  const { keyboard } = page;
  await page.goto('/connexion');
  await expect(page.getByLabel('Adresse e-mail')).toBeFocused();
  await keyboard.type(cast.colleague.email);
  await keyboard.press('Tab');
  await keyboard.type(cast.colleague.password);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible();

  await page.goto('/programmes');
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await keyboard.press('Tab');
  await expect(page.getByRole('searchbox', { name: 'Chercher un programme, une ville' })).toBeFocused();

  await openForm(page, '');
  const prospect = newProspect('Clavier');
  const tabTo = async (name: string) => {
    const focused = page.locator(':focus');
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await focused.count()) > 0) {
        const label = await focused.evaluate((node) =>
          node instanceof HTMLInputElement
            ? (node.labels?.[0]?.textContent ?? node.getAttribute('aria-label') ?? '')
            : (node.getAttribute('aria-label') ?? node.textContent ?? ''),
        );
        if (label.trim().startsWith(name)) return;
      }
      await keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach « ${name} »`);
  };
  for (const [field, words] of [
    ['Nom', prospect.lastName],
    ['Prénom', prospect.firstName],
    ['E-mail', prospect.email],
    ['Téléphone', prospect.phone],
  ] as const) {
    await tabTo(field);
    await keyboard.type(words);
  }
  await tabTo('Programme');
  await keyboard.type('Terrasses du');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Retirer Les Terrasses du Canal' })).toBeVisible();
  await tabTo('Le prospect sait');
  await keyboard.press('Space');
  await expect(consent(page)).toBeChecked();
  await tabTo('Vérifier et dénoncer');
  await keyboard.press('Enter');
  await expectAccepted(page);

  await openLot(page, lot);
  await tabTo('Poser une option');
  await keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Poser une option' })).toBeFocused();
  await keyboard.press('Enter');
  const field = dialog(page).getByRole('combobox', { name: 'Prospect' });
  await expect(field).toBeVisible();
  await tabTo('Prospect');
  await keyboard.type(`${prospect.lastName} ${prospect.firstName}`);
  await keyboard.press('Enter');
  await tabTo('Confirmer l’option de rang 1');
  await keyboard.press('Enter');
  await expect(dialog(page).getByText('Option de rang 1 posée')).toBeVisible({ timeout: 20_000 });
  expect((await sandbox.asked(lot, 'ncOption/Add')).length).toBe(1);
});

test('every screen speaks English to who asks for it, and French again', async ({ page, enter }) => {
  await enter(page, adviser);
  await denounced(page);
  const act = page.url();
  await page.goto('/compte');
  await page.getByRole('main').getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const [path, title] of [
    ['/', 'Dashboard'],
    ['/notifications', 'Notifications'],
    ['/compte', 'My account'],
    ['/programmes', 'Programmes'],
    ['/denonciations', 'My registrations'],
    ['/denonciations/nouvelle', 'Register a prospect'],
    ['/options', 'My options'],
    ['/lots/valmont/TDC-L105', 'Lot L105'],
    ['/programmes/valmont/TDC', 'Les Terrasses du Canal'],
    [act, /^Registration of /],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const words = (await page.locator('body').textContent()) ?? '';
    // Words of the frame and of the statuses, and names of messages that would have no sentence.
    expect(words, path).not.toMatch(
      /Dénoncer|Prospect informé|Tableau de bord|Libre\b|Préréservé|Chercher|Annuler/,
    );
    expect(words, path).not.toMatch(
      /\b(stock|acts|denonciations|options|accounts|layout|common|notifications|dashboard)\.[a-z]+[A-Z.]/,
    );
  }
  await page.goto('/compte');
  await page.getByRole('main').getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('heading', { level: 1, name: 'Mon compte' })).toBeVisible();
});

test('the theme that a person chose holds against the device’s', async ({ page, enter }) => {
  await enter(page, adviser);
  await page.goto('/compte');
  await page.emulateMedia({ colorScheme: 'light' });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByRole('main').getByRole('button', { name: 'Sombre' }).click();
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  await page.goto('/programmes');
  expect(await paper()).toBe(dark);
  await page.goto('/compte');
  await page.getByRole('main').getByRole('button', { name: 'Appareil' }).click();
  await expect.poll(paper).toBe(light);
});
