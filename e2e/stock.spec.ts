import type { Page } from '@playwright/test';
import type { KobanLot } from './harness/sandbox';
import { expect, test } from './harness/test';

const claire = 'claire.lambert@ormeau.exemple';

const code = ({ Status }: KobanLot) => (typeof Status === 'string' ? Status : Status.Code);
const ofProgramme = (lots: KobanLot[], programme: string) =>
  lots.filter((lot) => lot.Process.Code === programme && lot.Type !== 'Secondary');

const card = (page: Page, name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name }) });
const plan = (page: Page) => page.getByRole('region', { name: 'Plan par étage' });
const list = (page: Page) => page.getByRole('table', { name: 'Lots' });
const row = (page: Page, extcode: string) => list(page).locator(`tr[data-lot="${extcode}"]`);
const badge = (page: Page, extcode: string) => row(page, extcode).locator('[data-status]');
const count = (page: Page) => page.getByRole('status').filter({ hasText: / sur \d/ });

/** A programme's page once its whole stock has come: before that it shows the first rows only. */
async function openProgramme(page: Page, path: string) {
  await page.goto(path);
  await expect(plan(page).getByRole('gridcell').or(plan(page).locator('td[data-lot]')).first()).toBeVisible();
}

test.describe('the list of programmes', () => {
  test('shows every programme of the conventions with its place, delivery, counts and price @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, claire);
    await page.goto('/programmes');
    await expect(page.getByRole('heading', { level: 1, name: 'Programmes' })).toBeVisible();
    await expect(count(page)).toHaveText('14 programmes sur 14');
    await expect(page.getByRole('article')).toHaveCount(14);

    const lots = ofProgramme(await sandbox.listed('valmont'), 'DSB');
    const free = lots.filter((lot) => code(lot) === 'LIBRE');
    const from = Math.min(...free.map(({ Amountprev }) => Amountprev ?? Number.POSITIVE_INFINITY));
    const dijon = card(page, 'Demeure Saint-Bénigne');
    await expect(dijon).toContainText('Dijon · Groupe Valmont');
    await expect(dijon).toContainText('Livraison T2 2029');
    await expect(dijon).toContainText('Zone B1');
    await expect(dijon).toContainText(`${free.length} libres`);
    await expect(dijon).toContainText(`À partir de ${from.toLocaleString('fr-FR')} €`);

    await dijon.getByRole('link', { name: 'Demeure Saint-Bénigne' }).click();
    await expect(page).toHaveURL(/\/programmes\/valmont\/DSB$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Demeure Saint-Bénigne' })).toBeVisible();
    await expect(count(page)).toHaveText(`${lots.length} lots sur ${lots.length}`);
  });

  test('is narrowed by filters that live in the address: a reload and the back button keep them', async ({
    page,
    enter,
  }) => {
    await enter(page, claire);
    await page.goto('/programmes');
    await page.getByRole('button', { name: 'Promoteur' }).click();
    await page.getByRole('checkbox', { name: /^Rives & Littoral/ }).check();
    await page.keyboard.press('Escape');
    await expect(count(page)).toHaveText('6 programmes sur 14');
    await page.getByRole('button', { name: 'Ville', exact: true }).click();
    await page.getByRole('checkbox', { name: /^La Rochelle/ }).check();
    await page.keyboard.press('Escape');
    await expect(count(page)).toHaveText('1 programme sur 14');
    await expect(page).toHaveURL(/promoteur=littoral/);
    await expect(page).toHaveURL(/ville=La/);

    await page.reload();
    await expect(count(page)).toHaveText('1 programme sur 14');
    await expect(page.getByRole('article')).toHaveCount(1);
    await card(page, 'Les Voiles Blanches').getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Les Voiles Blanches' })).toBeVisible();
    await page.goBack();
    await expect(count(page)).toHaveText('1 programme sur 14');
    await expect(page).toHaveURL(/promoteur=littoral/);

    await page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await expect(count(page)).toHaveText('14 programmes sur 14');
    await expect(page).toHaveURL(/\/programmes$/);
  });

  test('is searched by name or city, filtered by budget, and says when nothing is left @phone', async ({
    page,
    enter,
  }) => {
    await enter(page, claire);
    await page.goto('/programmes');
    const search = page.getByRole('searchbox', { name: 'Chercher un programme, une ville' });
    await search.fill('biarritz');
    await expect(page.getByRole('article')).toHaveCount(1);
    await expect(card(page, 'Le Belvédère d’Ilbarritz')).toBeVisible();
    await search.fill('tanneurs');
    await expect(card(page, 'Le Clos des Tanneurs')).toBeVisible();
    await expect(page.getByRole('article')).toHaveCount(1);
    await page.getByRole('button', { name: 'Budget maximum' }).click();
    await page.getByRole('textbox', { name: 'Budget maximum' }).fill('1000');
    await page.keyboard.press('Escape');
    await expect(page.getByText('Aucun programme ne répond à ces critères')).toBeVisible();
    await page.getByRole('button', { name: 'Voir les 14 programmes' }).click();
    await expect(page.getByRole('article')).toHaveCount(14);
    await expect(search).toHaveValue('');
  });

  test('shows a partner the programmes of his convention and no other', async ({ page, enter }) => {
    await enter(page, 'sarah.nguyen@lemoine.exemple');
    await page.goto('/programmes');
    await expect(page.getByRole('article')).toHaveCount(4);
    const names = await page.getByRole('article').getByRole('heading').allTextContents();
    expect(new Set(names)).toEqual(
      new Set(['Les Terrasses du Canal', 'Cour Lumière', 'Les Allées de Montaudran', 'Le Jardin des Carmes']),
    );
    await expect(page.getByRole('button', { name: 'Promoteur' })).toHaveCount(0);
  });
});

test.describe('a programme', () => {
  test('draws its plan beside its list: what is under the pointer or has the focus lights up in both', async ({
    page,
    enter,
  }) => {
    await enter(page, claire);
    await openProgramme(page, '/programmes/littoral/RMA');
    const first = list(page).locator('tr[data-lot]').first();
    const extcode = await first.getAttribute('data-lot');
    const cell = plan(page).locator(`[data-lot="${extcode}"]`);
    const lit = (locator: typeof cell) => expect(locator).toHaveAttribute('data-hover', '');
    await first.hover();
    await lit(cell);
    await page.getByRole('heading', { level: 1 }).hover();
    await expect(cell).not.toHaveAttribute('data-hover');
    await cell.hover();
    await lit(first);
    await page.getByRole('heading', { level: 1 }).hover();
    await first.getByRole('link').focus();
    await lit(cell);
  });

  test('filters at once, counts what each choice would leave, and sends nothing to the server', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lots = ofProgramme(await sandbox.listed('littoral'), 'CCO');
    const free = lots.filter((lot) => code(lot) === 'LIBRE').length;
    await enter(page, claire);
    await openProgramme(page, '/programmes/littoral/CCO');
    await expect(count(page)).toHaveText(`${lots.length} lots sur ${lots.length}`);

    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // What links fetch ahead is no filter's doing.
      const ahead = request.headers()['next-router-prefetch'] !== undefined;
      if (pathname.startsWith('/programmes') && !ahead) asked.push(request.url());
    });
    await page.getByRole('button', { name: 'Statut' }).first().click();
    await page.getByRole('checkbox', { name: `Libre ${free}`, exact: true }).check();
    await page.keyboard.press('Escape');
    await expect(count(page)).toHaveText(`${free} lots sur ${lots.length}`);
    await expect(page).toHaveURL(/statut=libre/);
    const offered = lots.filter(
      (lot) =>
        code(lot) === 'LIBRE' &&
        lot.Tags.some((tag) => tag.TagCategoryCode === 'NBPIECES' && tag.ExternalCode === 'T3'),
    ).length;
    const chip = page.getByRole('button', { name: `T3 ${offered}`, exact: true });
    await chip.click();
    await expect(count(page)).toHaveText(new RegExp(`^${offered} lots? sur ${lots.length}$`));
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    expect(asked).toEqual([]);

    await page.reload();
    await expect(count(page)).toHaveText(new RegExp(`^${offered} lots? sur ${lots.length}$`));
    await page.getByRole('searchbox', { name: 'Chercher un lot' }).fill('zzz');
    await expect(page.getByText('Aucun lot ne répond à ces critères')).toBeVisible();
    await page.getByRole('button', { name: `Voir les ${lots.length} lots` }).click();
    await expect(count(page)).toHaveText(`${lots.length} lots sur ${lots.length}`);
  });

  test('sorts by any column, up then down, and keeps the order in the address', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lots = ofProgramme(await sandbox.listed('valmont'), 'DSB');
    const up = lots.map(({ Amountprev }) => Amountprev ?? 0).sort((a, b) => a - b);
    await enter(page, claire);
    await openProgramme(page, '/programmes/valmont/DSB');
    const prices = async () => {
      const texts = await list(page).locator('tr[data-lot] td:nth-child(7)').allTextContents();
      return texts.map((text) => Number(text.replace(/\D/g, '')));
    };
    // The rows that are drawn are those in sight and a few more: the first ones of this order.
    const shows = (order: number[]) => async () => {
      const drawn = await prices();
      expect(drawn.length).toBeGreaterThan(10);
      expect(drawn).toEqual(order.slice(0, drawn.length));
    };
    const byPrice = page.getByRole('button', { name: 'Prix TTC' });
    await byPrice.click();
    await expect(page.getByRole('columnheader', { name: 'Prix TTC' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    // The header tells the order at once, the rows follow.
    await expect(shows(up)).toPass({ timeout: 15_000 });
    await byPrice.click();
    await expect(page.getByRole('columnheader', { name: 'Prix TTC' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expect(shows(up.toReversed())).toPass({ timeout: 15_000 });
    await expect(page).toHaveURL(/tri=-prix/);
    await page.reload();
    await expect(page.getByRole('columnheader', { name: 'Prix TTC' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  test('sorts from a list of choices on a phone @phone-only', async ({ page, enter }) => {
    await enter(page, claire);
    await openProgramme(page, '/programmes/valmont/DSB');
    await page.getByRole('combobox', { name: 'Trier par' }).selectOption({ label: 'Prix décroissant' });
    await expect(page).toHaveURL(/tri=-prix/);
  });

  test('names every status in words, a status of the promoter’s own included @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, claire);
    const words: Record<string, string> = {
      LIBRE: 'Libre',
      PRERESV: 'Préréservé',
      RESV: 'Réservé',
      BLOQUE: 'Bloqué',
      PARTENAIRE: 'Réservé partenaires',
    };
    for (const [account, programme] of [
      ['valmont', 'TDC'],
      // Koban gives the status of these as a text, without its code.
      ['littoral', 'BEL'],
    ] as const) {
      const lots = ofProgramme(await sandbox.listed(account), programme).filter(
        (lot) => !lot.Extcode.includes('-E'),
      );
      await openProgramme(page, `/programmes/${account}/${programme}`);
      for (const [status, word] of Object.entries(words)) {
        const lot = lots.find((one) => code(one) === status || code(one) === word);
        if (!lot) continue;
        await page.getByRole('searchbox', { name: 'Chercher un lot' }).fill(lot.Label);
        await expect(badge(page, lot.Extcode), lot.Extcode).toContainText(new RegExp(`${word}|Acté`));
      }
    }
  });

  test('opens a lot with its facts, its annexes under it, and its papers @phone', async ({ page, enter }) => {
    await enter(page, claire);
    await openProgramme(page, '/programmes/valmont/TDC');
    await page.getByRole('searchbox', { name: 'Chercher un lot' }).fill('L105');
    await row(page, 'TDC-L105').getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Lot L105' })).toBeVisible();
    const prices = page.getByRole('region', { name: 'Prix' });
    await expect(prices.getByRole('row', { name: /^Parking P06/ })).toBeVisible();
    await expect(prices.getByRole('row', { name: /^Cellier R01/ })).toBeVisible();
    const cents = async (name: RegExp) =>
      Number((await prices.getByRole('row', { name }).getByRole('cell').textContent())?.replace(/\D/g, ''));
    expect(await cents(/^Lot et annexes/)).toBe(
      (await cents(/^Lot L105/)) + (await cents(/^Parking P06/)) + (await cents(/^Cellier R01/)),
    );
    const paper = page.getByRole('region', { name: 'Documents' }).getByRole('link').first();
    const answer = await page.request.get((await paper.getAttribute('href')) ?? '');
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");

    await page.goto('/lots/valmont/TDC-P06');
    await expect(page.getByRole('heading', { level: 1, name: 'Lot L105' })).toBeVisible();
    await expect(page.getByText('Parking P06 est une annexe de ce lot.')).toBeVisible();
  });

  test('gives its documents as files that open, served by the portal', async ({ page, enter }) => {
    await enter(page, claire);
    await page.goto('/programmes/valmont/TDC');
    await page.getByRole('button', { name: 'Documents' }).click();
    const papers = page.getByRole('link', { name: /nouvel onglet/ });
    await expect(papers.first()).toBeVisible();
    expect(await papers.count()).toBeGreaterThanOrEqual(3);
    for (const paper of await papers.all()) {
      const href = (await paper.getAttribute('href')) ?? '';
      expect(href).toMatch(/^\/api\/files\//);
      const answer = await page.request.get(href);
      expect(answer.status(), href).toBe(200);
      expect((await answer.body()).subarray(0, 5).toString()).toMatch(/^%PDF-|^<svg/);
    }
    // What is drawn only while it is open goes after the focus has come back.
    await papers.first().focus();
    await page.keyboard.press('Escape');
    await expect(papers).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Documents' })).toBeFocused();
  });

  test('leads from lot to lot under the filters that were left on it', async ({ page, enter }) => {
    await enter(page, claire);
    await openProgramme(page, '/programmes/littoral/CCO?statut=libre&tri=prix');
    const codes = await list(page)
      .locator('tr[data-lot]')
      .evaluateAll((rows) => rows.map((each) => each.getAttribute('data-lot')));
    expect(codes.length).toBeGreaterThan(2);
    await list(page).locator('tr[data-lot]').nth(1).getByRole('link').click();
    const around = page.getByRole('navigation', { name: 'Lots voisins' });
    await expect(around.getByText(`2 sur ${codes.length} lots de votre sélection`)).toBeVisible();
    await around.getByRole('link', { name: /Lot suivant/ }).click();
    await expect(page).toHaveURL(new RegExp(`/lots/littoral/${codes[2]}$`));
  });
});

test.describe('what the salesman does', () => {
  test('a price, then a status, changes before the reader’s eyes @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, claire);
    await expect(async () => {
      await openProgramme(page, `/programmes/valmont/TDC?q=${lot.slice(4)}`);
      await expect(row(page, lot)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
    await expect(badge(page, lot)).toHaveText('Libre');
    await sandbox.act('valmont', 'set-price', { lot, priceCents: 34_567_800 });
    await expect(row(page, lot)).toContainText('345 678 €', { timeout: 20_000 });
    await sandbox.act('valmont', 'set-status', { lot, status: 'BLOQUE' });
    await expect(badge(page, lot)).toHaveText('Bloqué', { timeout: 20_000 });
    await expect(badge(page, lot)).toHaveAttribute('data-status', 'BLOQUE');
    await expect(page.locator('body')).toHaveAttribute('data-same-page', '');
  });

  test('a lot taken by a rival says so on its own page, in place, and no option is offered any more', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, claire);
    await expect(async () => {
      await page.goto(`/lots/valmont/${lot}`);
      await expect(page.getByText('Ce lot est libre')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await sandbox.act('valmont', 'place-preresv', { lot });
    await expect(page.getByText('Une préréservation est en cours')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: 'Poser une option' })).toHaveCount(0);
  });

  test('a new lot appears in the list of who is looking at it', async ({ page, sandbox, enter }) => {
    await enter(page, claire);
    await openProgramme(page, '/programmes/valmont/TDC?tri=-lot');
    const lot = await sandbox.newLot('valmont', 'TDC');
    await page.getByRole('searchbox', { name: 'Chercher un lot' }).fill(lot.slice(4));
    await expect(row(page, lot)).toBeVisible({ timeout: 20_000 });
  });
});

test('three hundred lots: the list draws what is seen, scrolls to its end, and the plan walks by the arrows', async ({
  page,
  enter,
}) => {
  await enter(page, claire);
  await openProgramme(page, '/programmes/valmont/ADM');
  await expect(count(page)).toHaveText('300 lots sur 300');
  const rows = list(page).locator('tr[data-lot]');
  expect(await rows.count()).toBeLessThan(80);
  await expect(list(page)).toHaveAttribute('aria-rowcount', '301');
  await page.keyboard.press('End');
  await page.mouse.move(900, 600);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(list(page).locator('tr[aria-rowindex="301"]')).toBeVisible();
  expect(await rows.count()).toBeLessThan(80);

  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(plan(page).locator('[data-lot]')).toHaveCount(300);
  const grids = plan(page).getByRole('grid');
  await expect(grids).toHaveCount(5);
  // One stop of the keyboard for each stair, however many lots it has.
  await expect(plan(page).locator('a[tabindex="0"]')).toHaveCount(5);
  const grid = grids.first();
  await grid.locator('a[tabindex="0"]').focus();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const start = await focused();
  await page.keyboard.press('ArrowRight');
  const right = await focused();
  expect(right).not.toBe(start);
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe(start);
  await page.keyboard.press('ArrowDown');
  expect(await focused()).not.toBe(start);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(start);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  expect(await focused()).toBe(start);
  const label = start.split(',')[0] ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Lot ${label}` })).toBeVisible();
});

test('Koban down: the stock stays, with its age and the truth about it, and comes back by itself', async ({
  page,
  ownPortal,
  enter,
}) => {
  // The screen may say « Koban ne répond plus » only after two minutes of silence.
  test.setTimeout(480_000);
  await enter(page, claire, ownPortal);
  await openProgramme(page, `${ownPortal.url}/programmes/valmont/DSB`);
  const fresh = page.locator('[data-freshness]');
  await expect(fresh).toHaveText(/^Stock vu à \d\d:\d\d:\d\d$/);
  await ownPortal.sandbox.fault({ method: '*', mode: 'refuse', remaining: null });

  await expect(fresh).toHaveText(/^Stock vu à \d\d:\d\d:\d\d, Koban ne répond plus$/, { timeout: 180_000 });
  const [seen] = (await fresh.textContent())?.match(/\d\d:\d\d:\d\d/) ?? [];
  await page.reload();
  await expect(fresh).toContainText(`Stock vu à ${seen}`);
  await expect(list(page).locator('tr[data-lot]').first()).toBeVisible();
  await list(page).locator('tr[data-lot]').first().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: /^Lot / })).toBeVisible();
  await page.goBack();

  await ownPortal.sandbox.clearFaults();
  const [lot] = ofProgramme(await ownPortal.sandbox.listed('valmont'), 'DSB');
  if (!lot) throw new Error('DSB has no lot');
  await ownPortal.sandbox.act('valmont', 'set-price', { lot: lot.Extcode, priceCents: 23_456_700 });
  // The breaker lets one reading through half a minute after the last failure.
  await expect(fresh).toHaveText(/^Stock vu à \d\d:\d\d:\d\d$/, { timeout: 60_000 });
  await expect(row(page, lot.Extcode)).toContainText('234 567 €', { timeout: 30_000 });
});
