// `npm run screenshots`: every screen at 1440 and 390, light and dark, into screenshots/. With `-- --readme`: the README's pictures.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { cast } from '../e2e/harness/people';
import { Stage } from '../e2e/harness/stage';
import {
  adminScreens,
  operator,
  operatorScreens,
  publicScreens,
  type Screen,
  stockScreens,
} from '../e2e/harness/tour';
import { playActs } from '../e2e/harness/tour-acts';
import { openEmpty, playLinks } from '../e2e/harness/tour-links';
import { playReservations } from '../e2e/harness/tour-reservations';
import config from '../playwright.config';
import { build } from './build';
import { onAskedToEnd, root, stopAll } from './processes';

const readme = process.argv.includes('--readme');
const adviser = cast.adviser.email;
const widths = readme ? [1440] : [1440, 390];
const themes = readme ? (['light'] as const) : (['light', 'dark'] as const);
/** The README's own, by the names of the screens that they show. */
const chosen: Record<string, string> = {
  'tableau-de-bord': 'tableau-de-bord',
  programmes: 'programmes',
  programme: 'programme',
  lot: 'lot',
  'denonciation-acceptee': 'denonciation',
  'poser-une-option': 'option',
};
/** A page that opens in a second on a slow line. */
const mostBytes = 150_000;

onAskedToEnd(async (exitCode) => {
  await stopAll();
  process.exit(exitCode);
});

const { ok, output } = await build();
if (!ok) throw new Error(`The build failed.\n${output}`);
// The true pace: what is shown of the stock's age is what people see.
const stage = await Stage.open({ SYNC_SECONDS: '5' });
const empty = await openEmpty();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const { links, acts } = await played(browser);
  const screens = [...publicScreens, ...links, ...stockScreens, ...operatorScreens, ...adminScreens, ...acts];
  const wanted = readme ? screens.filter(({ name }) => name in chosen) : screens;
  const folder = join(root, readme ? 'docs/pictures' : 'screenshots');
  if (!readme) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const width of widths) await shoot(browser, wanted, { folder, width });
} finally {
  await browser.close();
  await Promise.all([stage.close(), empty.stage.close()]);
}

/** Makes acts in every state, and links that work, once for all the pictures. */
async function played(browser: Browser): Promise<{ links: Screen[]; acts: Screen[] }> {
  const page = await pageOf(browser, 1440);
  await signIn(page, adviser);
  const acts = await playActs(page, stage, adviser);
  if (!readme) acts.push(...(await playReservations(page, stage, adviser)));
  await stage.sandbox.clearFaults();
  await page.context().clearCookies();
  await page.goto(`${stage.url}/connexion`);
  await signIn(page, operator);
  const links = await playLinks(browser, page, empty);
  await page.context().close();
  return { links, acts };
}

async function shoot(
  browser: Browser,
  screens: Screen[],
  { folder, width }: { folder: string; width: number },
) {
  for (const as of new Set(screens.map((screen) => screen.as))) {
    const page = await pageOf(browser, width);
    if (as !== null) await signIn(page, as);
    for (const { name, open } of screens.filter((screen) => screen.as === as)) {
      await open(page);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.evaluate(settled);
        const file = readme ? `${chosen[name]}.jpg` : `${name}.${width}.${theme}.png`;
        const path = join(folder, file);
        // Drawn façades weigh twice as much without loss.
        const light = readme ? ({ type: 'jpeg', quality: 75 } as const) : {};
        await page.screenshot({ path, fullPage: !readme && width === 390, ...light });
        if (readme) expectLight(path);
        console.log(file);
      }
    }
    await page.context().close();
  }
}

/** In the browser: the fonts are there, the theme is drawn, and nothing fades any more. */
async function settled(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
  }
}

async function pageOf(browser: Browser, width: number): Promise<Page> {
  const phone = width < 640;
  const viewport = phone ? { width, height: 844 } : { width, height: readme ? 810 : 900 };
  const context = await browser.newContext({
    viewport,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    hasTouch: phone,
    isMobile: phone,
  });
  const page = await context.newPage();
  await page.goto(`${stage.url}/connexion`);
  return page;
}

async function signIn(page: Page, email: string): Promise<void> {
  const account = stage.accounts.find((each) => each.email === email);
  if (!account) throw new Error(`Nobody has the address ${email}`);
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(account.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: /^Compte de / }).waitFor();
}

function expectLight(path: string): void {
  const { size } = statSync(path);
  if (size > mostBytes) throw new Error(`${path} has ${size} bytes: ${mostBytes} at most.`);
}
