import { expect, type Page } from '@playwright/test';
import {
  denounce,
  denounced,
  dialog,
  expectAccepted,
  newProspect,
  openLot,
  placeOption,
  send,
  signInAt,
  typeIdentity,
} from './harness/journeys';
import { cabinetGuid, people, slug, test } from './harness/other/stage';
import { codes, newGuid } from './harness/other/stock';
import { file, fillBuyer, fillPreresv, goOn, preresv } from './harness/reservations';

// One Koban and one portal for both journeys.
test.describe.configure({ mode: 'default' });

const lot = String(codes.lot);
const { oddLot, deskLot } = codes;
const HALF_HOUR_MS = 1_800_000;
const soon = { timeout: 40_000 };
const onProgramme = `promoteur=${slug}&programme=${codes.programme}`;
const password = 'une bouée rouge au large';

const rowOf = (page: Page, code: string) => page.locator(`tr[data-lot="${code}"]`);
const press = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true }).first().click();

test('the main job, from the invitation to the withdrawal, on a Koban that the portal knows nothing of', async ({
  page,
  browser,
  portal,
  koban,
}) => {
  const invitation = portal.said.find((line) => line.includes(people.adviser.email)) ?? '';
  await page.goto(invitation.slice(invitation.indexOf('http')));
  await page.getByLabel('Nouveau mot de passe').fill(password);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect(page).toHaveURL(/\/connexion/);
  await signInAt(page, portal.url, { email: people.adviser.email, password });

  await page.goto('/programmes');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('article').getByRole('link', { name: 'Quai des Arts' }).click();
  const lots = page.getByRole('table', { name: 'Lots' });
  const status = (code: string) => lots.locator(`tr[data-lot="${code}"] [data-status]`);
  await expect(status(lot)).toHaveText('Libre');
  await expect(status(oddLot)).toHaveText('Libre');
  await expect(status(String(codes.lot + 1))).toHaveText('Chez le notaire');
  await expect(status('4200')).toHaveText('Bloqué');
  await expect(status('S-1')).toHaveText('Acté');
  await lots.locator(`tr[data-lot="${lot}"]`).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lot A402' })).toBeVisible();
  for (const fact of [/^Surface habitable62,40\s?m²/, /^TraversantOui/, /^Remise des clés31 mars 2028/])
    await expect(page.getByRole('definition').locator('..').filter({ hasText: fact })).toBeVisible();

  await page.getByRole('link', { name: 'Dénoncer un prospect' }).click();
  const prospect = newProspect();
  await typeIdentity(page, prospect);
  await send(page);
  await expectAccepted(page);
  await openLot(page, lot, slug);
  await placeOption(page, prospect, 1);

  const rival = await (await browser.newContext()).newPage();
  await signInAt(rival, portal.url, people.rival);
  const theirs = await denounced(rival, onProgramme);
  await openLot(rival, lot, slug);
  await placeOption(rival, theirs, 2);

  await page.goto('/options');
  await rowOf(page, lot).getByRole('button', { name: 'Prolonger' }).click();
  const until = await dialog(page).getByRole('combobox', { name: 'Nouvelle échéance' }).inputValue();
  await press(page, 'Confirmer la prolongation');
  await expect(dialog(page).getByText('Option prolongée')).toBeVisible({ timeout: 20_000 });
  await rival.goto(`${portal.url}/options`);
  await rowOf(rival, lot).getByRole('button', { name: 'Annuler l’option' }).click();
  await dialog(rival).getByRole('textbox', { name: 'Motif' }).fill('Financement refusé');
  await press(rival, 'Confirmer l’annulation');
  // Two options, the first of them not ours: as long as Koban told nothing of the second, it may be a stranger's.
  await expect(dialog(rival).getByText(/ne prouve pas que l’option soit encore la vôtre/)).toBeVisible(soon);
  expect(koban.effectsOf('ncOption/Undo', lot)).toEqual([]);
  await press(rival, 'Fermer');
  await koban.tellPlaced(lot, 2);
  await rowOf(rival, lot).getByRole('button', { name: 'Annuler l’option' }).click();
  await dialog(rival).getByRole('textbox', { name: 'Motif' }).fill('Financement refusé');
  await press(rival, 'Confirmer l’annulation');
  await expect(dialog(rival).getByText('Option annulée')).toBeVisible({ timeout: 20_000 });
  await rival.context().close();

  await page.reload();
  await rowOf(page, lot).getByRole('link', { name: 'Réserver' }).click();
  await fillPreresv(page);
  await preresv(page).click();
  await expect(page.getByText('Lot préréservé', { exact: true })).toBeVisible({ timeout: 30_000 });
  await fillBuyer(page);
  await goOn(page).click();
  await goOn(page).click();
  await goOn(page).click();
  await page.getByLabel('Taux de TVA').selectOption('20');
  await goOn(page).click();
  await goOn(page).click();
  await file(page).getByRole('button', { name: 'Envoyer le dossier' }).click();
  await expect(page.getByText('Dossier transmis, validation attendue', { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
  await koban.validateAtDesk(codes.lot);
  await expect(page.getByText('Dossier validé par le promoteur', { exact: true }).first()).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole('button', { name: 'Désister' }).click();
  await dialog(page).getByLabel('Motif du désistement').fill('Prêt refusé par la banque');
  await press(page, 'Confirmer le désistement');
  await expect(page.getByText('Réservation désistée', { exact: true })).toBeVisible({ timeout: 30_000 });
  await openLot(page, lot, slug);
  await expect(page.getByText('Ce lot est libre')).toBeVisible({ timeout: 20_000 });

  const [mine, others] = [prospect, theirs].map(({ email }) => koban.thirdWith('EMail', email)?.Guid);
  const cgp = koban.thirdWith('Label', 'Dunes Patrimoine');
  expect(cgp).toMatchObject({ Status: { Code: 'CGP' } });
  for (const [{ email }, By] of [[prospect, cabinetGuid] as const, [theirs, cgp?.Guid] as const]) {
    expect(koban.effectsOf('ncThird/PostOne', email)).toHaveLength(1);
    expect(koban.effectsOf('ncDenonc/Create', email)).toMatchObject([{ By }]);
  }
  const Deal = { Extcode: lot };
  const DateOption = expect.any(Number);
  expect(koban.effectsOf('ncOption/Add', lot)).toEqual([
    { Deal, DateOption, Rank: 1, Third: { Guid: mine }, Part: { Guid: cabinetGuid } },
    { Deal, DateOption, Rank: 2, Third: { Guid: others }, Part: { Guid: cgp?.Guid } },
  ]);
  const DateProlongation = Date.parse(until) / 1000;
  expect(koban.effectsOf('ncOption/Prolong', lot)).toEqual([{ Deal, Rank: 1, DateProlongation }]);
  expect(koban.effectsOf('ncOption/Undo', lot)).toEqual([{ Deal, Rank: 2 }]);
  const money = { PrixVente: 352_500, Garantie: 17_625 };
  expect(koban.effectsOf('ncPreresv/Add', lot)).toEqual([
    { Deal, ...money, Third: { Guid: mine }, Part: { Guid: cabinetGuid } },
  ]);
  expect(koban.effectsOf('ncPreresv/AddValid', lot)).toMatchObject([
    { Deal, ...money, ThirdId: mine, Res1Nom: prospect.lastName, TVA: '20' },
  ]);
  expect(koban.effectsOf('ncPreresv/Desist', lot)).toEqual([{ Deal, Third: { Guid: mine } }]);
});

test('its own calls are seen on the page: an option that its salesman places, a lot that it reserves', async ({
  page,
  portal,
  koban,
}) => {
  await signInAt(page, portal.url, people.rival);
  const known = newProspect();
  const guid = newGuid();
  const { lastName: Label, firstName: FirstName, email: EMail, phone: Cell } = known;
  koban.thirds.set(guid, {
    Guid: guid,
    Label,
    FirstName,
    EMail: EMail.toUpperCase(),
    Cell,
    Status: 'PROSPECT',
  });
  await denounce(page, known, onProgramme);
  await expectAccepted(page);

  await openLot(page, oddLot, slug);
  await expect(page.getByText('Ce lot est libre')).toBeVisible();
  // The first question of a server's life may find its board not yet filled.
  const open = async () => (await (await fetch(koban.optionCheck(oddLot))).json()).status;
  await expect.poll(open).toBe(true);
  expect(await koban.placeAtDesk(oddLot, guid)).toEqual({ status: true, rank: 1 });
  const row = rowOf(page, oddLot);
  await expect(row).toContainText('Rang 1', { timeout: 20_000 });
  await expect(row).toContainText(known.lastName);

  await row.getByRole('button', { name: 'Annuler l’option' }).click();
  await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Le prospect renonce');
  await press(page, 'Confirmer l’annulation');
  await expect(dialog(page).getByText('Option annulée')).toBeVisible({ timeout: 20_000 });
  await press(page, 'Fermer');
  await expect(page.getByText('Ce lot est libre')).toBeVisible({ timeout: 20_000 });
  expect(koban.effectsOf('ncOption/Undo', oddLot)).toEqual([{ Deal: { Extcode: oddLot }, Rank: 1 }]);

  await koban.validateAtDesk(oddLot, guid);
  await expect(page.getByText('Ce lot est réservé')).toBeVisible({ timeout: 20_000 });
  expect(koban.effectsOf('ncDenonc/Create', EMail)).toHaveLength(1);
  expect(koban.effectsOf('ncThird/PostOne', EMail)).toEqual([]);
});

test('its salesman’s day: an option placed, prolonged, expired, another cancelled; a lot that frees, a lead', async ({
  page,
  browser,
  portal,
  koban,
}) => {
  await signInAt(page, portal.url, people.rival);
  const prospect = await denounced(page, onProgramme);
  const guid = String(koban.thirdWith('EMail', prospect.email)?.Guid);
  await koban.placeAtDesk(deskLot, guid);
  await page.goto('/options');
  const row = rowOf(page, deskLot);
  await expect(row).toContainText('Rang 1', soon);
  const until = Math.ceil(koban.now() / HALF_HOUR_MS) * HALF_HOUR_MS + 100 * 2 * HALF_HOUR_MS;
  await koban.prolongAtDesk(deskLot, 1, until);
  await expect(row).toContainText('prolongée', soon);

  const watcher = await (await browser.newContext()).newPage();
  await signInAt(watcher, portal.url, people.watcher);
  await openLot(watcher, deskLot, slug);
  await watcher.getByRole('button', { name: 'Me prévenir si ce lot se libère' }).click();
  await expect(watcher.getByText('Vous serez prévenu si ce lot se libère.')).toBeVisible();
  // The portal hears Koban's clock with each answer: here, to a partner who asks about the lot a minute before.
  koban.passTo(deskLot, 60_000);
  await watcher.getByRole('button', { name: 'Poser une option' }).click();
  await expect(
    dialog(watcher)
      .getByText(/rang 2/i)
      .first(),
  ).toBeVisible(soon);
  await watcher.keyboard.press('Escape');
  await koban.expireAtDesk(deskLot);
  await expect(row).toContainText('Expirée', soon);
  await expect(watcher.getByText('Ce lot est libre')).toBeVisible(soon);
  const bell = watcher.getByRole('button', { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName(/non lue/, soon);
  await bell.click();
  await expect(watcher.getByRole('link', { name: /^Le lot C05 est libre/ })).toBeVisible();
  await watcher.context().close();

  await koban.placeAtDesk(deskLot, guid);
  const again = row.filter({ hasText: 'Rang 1' });
  await expect(again).toBeVisible(soon);
  await koban.cancelAtDesk(deskLot);
  await expect(row.filter({ hasText: 'Annulée' })).toBeVisible(soon);
  await expect(row.filter({ hasText: 'Expirée' })).toBeVisible();

  const desk = await (await browser.newContext({ baseURL: portal.url })).newPage();
  await signInAt(desk, portal.url, people.staff);
  const fields = {
    Name: 'Guilvinec',
    FirstName: 'Maëlle',
    EMail: 'maelle@exemple.fr',
    Phone: '02 98 00 00 00',
  };
  await koban.tellLead({ ...fields, Comments: 'Un T3 au sud' });
  await expect(async () => {
    await desk.goto('/admin/leads');
    await expect(desk.getByRole('listitem').filter({ hasText: 'Guilvinec' })).toContainText('Un T3 au sud', {
      timeout: 1_000,
    });
  }).toPass(soon);
  await desk.context().close();
});
