import { denounced, dialog, openLot, placeOption } from './harness/journeys';
import { cast, rivals } from './harness/people';
import {
  chooseBuyer,
  dayIn,
  file,
  fillBuyer,
  fillPreresv,
  goOn,
  preresv,
  reserve,
  reserved,
  step,
} from './harness/reservations';
import { expect, test } from './harness/test';

const adviser = cast.adviser.email;

test('a reservation whole: option, pre-reservation, a file filled on two devices, sent once, withdrawn @phone', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  test.setTimeout(360_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await placeOption(page, prospect);
  await page.goto('/options');
  await page.locator(`tr[data-lot="${lot}"]`).getByRole('link', { name: 'Réserver' }).click();
  await expect(page.getByRole('combobox', { name: 'Acquéreur' })).toHaveValue(
    `${prospect.lastName} ${prospect.firstName}`,
  );

  // The law's cap follows the day of the deed, and is explained.
  await fillPreresv(page);
  await expect(page.getByText(/5\s% du prix au plus, soit 17\s625\s€/)).toBeVisible();
  await expect(page.getByText(/CCH, art\. R261-28/)).toBeVisible();
  await page.getByLabel('Date prévue de l’acte').fill(dayIn(500));
  await expect(page.getByText(/2\s% du prix au plus, soit 7\s050\s€/)).toBeVisible();
  await preresv(page).click();
  await expect(page.getByText('Ce dépôt dépasse le plafond légal pour cette date d’acte.')).toBeVisible();
  expect(await sandbox.asked(lot, 'ncPreresv/Add')).toEqual([]);
  await page.getByRole('button', { name: /^Mettre 7\s050\s€/ }).click();
  await preresv(page).click();
  await expect(page).toHaveURL(/\/reservations\/[0-9a-f-]{36}$/, { timeout: 30_000 });
  await expect(page.getByText('Lot préréservé', { exact: true })).toBeVisible();
  const address = page.url();
  const placed = (await sandbox.effects({ kind: 'preresv-placed' })).filter(({ data }) => data.lot === lot);
  expect(placed).toHaveLength(1);
  await page.goto('/options');
  await expect(page.locator(`tr[data-lot="${lot}"]`)).toContainText('Devenue réservation');

  // A step is left only when it holds; what was typed is kept.
  await page.goto(address);
  await goOn(page).click();
  await expect(page.getByText(/champs sont à corriger$/)).toBeVisible();
  await page.getByRole('button', { name: /^Date de naissance : / }).click();
  await expect(page.getByLabel('Date de naissance', { exact: true })).toBeFocused();
  await fillBuyer(page);
  await expect(page.getByText(/champs? (sont|est) à corriger$/)).toHaveCount(0);
  await goOn(page).click();
  await expect(file(page).getByRole('heading', { name: 'Bien et prix' })).toBeVisible();
  await expect(page.getByText(/^Enregistré à \d\d:\d\d$/)).toBeVisible();

  // Another device takes it up where it was left.
  const other = await browser.newContext();
  const desk = await other.newPage();
  await other.addCookies(await page.context().cookies());
  await desk.goto(address);
  await expect(desk.getByText(/^Dossier repris, enregistré le /)).toBeVisible();
  await expect(file(desk).getByRole('heading', { name: 'Bien et prix' })).toBeVisible();
  await expect(desk.getByLabel('Dépôt de garantie')).toHaveValue('7 050');
  await goOn(desk).click();
  await desk.getByLabel('Apport').fill('60 000');
  await desk.getByLabel(/^Prêt immobilier/).fill('250 000');
  await desk.getByRole('checkbox', { name: 'Prêt à taux zéro (PTZ)' }).check();
  await desk.getByLabel('Montant du PTZ').fill('40 000');
  await expect(desk.getByText('Reste à trouver')).toBeVisible();
  await goOn(desk).click();
  await desk.getByLabel('Taux de TVA').selectOption('20');
  await desk.getByLabel('Annexe 1').fill('15 000');
  await goOn(desk).click();
  await goOn(desk).click();
  await expect(file(desk).getByRole('heading', { name: 'Récapitulatif' })).toBeVisible();
  await expect(file(desk).getByText('12 quai des Brumes')).toBeVisible();
  await expect(step(desk, 'Acquéreurs')).toHaveAccessibleName(/complète/);
  // The first one, open all along, catches up as it goes on, and says so.
  await goOn(page).click();
  await expect(page.getByLabel('Apport')).toHaveValue('60 000');
  await expect(page.getByText(/champs ont changé depuis un autre écran/)).toBeVisible();
  await file(desk).getByRole('button', { name: 'Envoyer le dossier' }).click();
  const arrived = /^Dossier (transmis, validation attendue|validé par le promoteur)$/;
  await expect(desk.getByText(arrived).first()).toBeVisible({ timeout: 30_000 });
  const sent = await sandbox.asked(lot, 'ncPreresv/AddValid');
  expect(sent.map(({ body }) => body)).toMatchObject([
    {
      PrixVente: 352_500,
      Garantie: 7_050,
      Res1Nom: prospect.lastName,
      Res1DateNaissance: '29/02/1984',
      Apport_cent: 6_000_000,
      PTZMontant_cent: 4_000_000,
      Annexe1_cent: 1_500_000,
      TVA: '20',
    },
  ]);

  // The first device learns of it, and cannot send it again.
  await page.reload();
  await expect(page.getByText('Dossier validé par le promoteur', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Envoyer le dossier' })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Synthèse en PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/^reservation-.*\.pdf$/);

  await page.getByRole('button', { name: 'Désister' }).click();
  await dialog(page).getByRole('button', { name: 'Confirmer le désistement' }).click();
  await expect(dialog(page).getByText('Indiquez le motif.')).toBeVisible();
  await dialog(page).getByLabel('Motif du désistement').fill('Prêt refusé par la banque');
  await dialog(page).getByRole('button', { name: 'Confirmer le désistement' }).click();
  await expect(page.getByText('Réservation désistée', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Prêt refusé par la banque')).toBeVisible();
  await expect(page.getByText('Désistement confirmé')).toBeVisible();
  expect((await sandbox.asked(lot, 'ncPreresv/Desist')).length).toBe(1);
  await page.goto(`${portal.url}/reservations`);
  await page.getByRole('searchbox', { name: 'Lot, acquéreur, programme, référence' }).fill(lot);
  await expect(page.locator(`tr[data-lot="${lot}"]`)).toContainText('Désistée');
  await other.close();
});

test('the salesman withdraws it while its file is being filled: the page follows, and what was typed stays in view', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  await reserved(page, lot);
  await fillBuyer(page);
  await expect(page.getByText(/^Enregistré à \d\d:\d\d$/)).toBeVisible();
  await page
    .getByLabel(/^Complément d’adresse/)
    .first()
    .fill('Bâtiment C');
  await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
  await sandbox.act('valmont', 'withdraw-reservation', { lot });
  await expect(page.getByText('Réservation désistée', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(file(page).getByText('Ce dossier est clos', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Adresse', { exact: true })).toHaveValue('12 quai des Brumes');
  await expect(page.getByLabel(/^Complément d’adresse/).first()).toHaveValue('Bâtiment C');
  await expect(goOn(page)).toHaveCount(0);
  await expect(page.locator('body')).toHaveAttribute('data-same-page', '');
});

test('an unknown result is told as one, holds the lot, and is never sent twice', async ({
  page,
  browser,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await sandbox.fault({ method: 'ncPreresv/Add', mode: 'reset-after', match: lot });
  await reserve(page, lot, prospect);
  await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Lot préréservé')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Désister' })).toHaveCount(0);

  const rival = await (await browser.newContext()).newPage();
  await enter(rival, rivals.first.email);
  const theirs = await denounced(rival);
  await rival.goto(new URL(`/reservations/nouvelle?promoteur=valmont&lot=${lot}`, rival.url()).href);
  await chooseBuyer(rival, theirs);
  await fillPreresv(rival);
  await preresv(rival).click();
  await expect(rival.getByText(/Un acte est déjà en cours/)).toBeVisible();
  await expect(rival.getByLabel('Dépôt de garantie')).toHaveValue('17 625');
  expect((await sandbox.asked(lot, 'ncPreresv/Add')).length).toBe(1);
  await rival.context().close();
});

test('what Koban refuses is told in plain words, and the lot may be asked for again', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await openLot(page, lot);
  await page.getByRole('link', { name: 'Réserver' }).click();
  await chooseBuyer(page, prospect);
  await fillPreresv(page);
  await sandbox.act('valmont', 'place-preresv', { lot });
  await preresv(page).dblclick();
  await expect(page.getByText('Préréservation refusée', { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('Une préréservation est en cours sur ce lot.').first()).toBeVisible();
  expect(await sandbox.asked(lot, 'ncPreresv/Add')).toEqual([]);
  await sandbox.act('valmont', 'withdraw-reservation', { lot });
  await page.getByRole('link', { name: 'Préréserver de nouveau' }).click();
  await chooseBuyer(page, prospect);
  await fillPreresv(page);
  await preresv(page).click();
  await expect(page.getByText('Lot préréservé', { exact: true })).toBeVisible({ timeout: 30_000 });
});

test('is the filing cabinet’s alone: its manager sees it, another cabinet does not, nor its summary', async ({
  page,
  browser,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await reserved(page, lot);
  const address = page.url();
  const summary = `${new URL(address).origin}/api/reservations/${address.split('/').at(-1)}/synthese`;

  const manager = await (await browser.newContext()).newPage();
  await enter(manager, cast.manager.email);
  await manager.goto(address);
  await expect(manager.getByRole('heading', { level: 1 })).toContainText('Réservation du lot');
  await expect(manager.getByText(prospect.email).first()).toBeVisible();

  for (const email of [rivals.first.email, cast.colleague.email]) {
    const stranger = await (await browser.newContext()).newPage();
    await enter(stranger, email);
    expect((await stranger.goto(address))?.status()).toBe(404);
    await expect(stranger.getByText(prospect.email)).toHaveCount(0);
    expect((await stranger.request.get(summary)).status()).toBe(404);
    await stranger.context().close();
  }
  expect((await page.request.get(summary)).headers()['content-type']).toBe('application/pdf');
  await manager.context().close();
});

test('a lot is reserved for a denounced prospect only: without one, the form says what to do first', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('littoral', 'RMA');
  await enter(page, rivals.second.email);
  await openLot(page, lot, 'littoral');
  await page.getByRole('link', { name: 'Réserver' }).click();
  await expect(page.getByText('Aucun prospect dénoncé sur ce programme')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Dénoncer un prospect' }).click();
  await expect(page).toHaveURL(/\/denonciations\/nouvelle\?/);
});

test('the salesman’s own reservation of a partner’s prospect is told to the partner, with what Koban holds of it', async ({
  page,
  sandbox,
  enter,
}) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  const third = { EMail: prospect.email, Phone: prospect.phone };
  await sandbox.act('valmont', 'place-preresv', { lot, third });
  await sandbox.act('valmont', 'validate-reservation', { lot });
  await page.goto('/reservations');
  const row = page.locator(`tr[data-lot="${lot}"]`);
  await expect(row).toContainText(prospect.lastName, { timeout: 30_000 });
  await row.getByRole('link').first().click();
  await expect(page.getByText('Dossier validé par le promoteur', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('Fait par le promoteur dans Koban.')).toBeVisible();
  expect(await sandbox.asked(lot, 'ncPreresv/Add')).toEqual([]);

  await sandbox.act('valmont', 'withdraw-reservation', { lot });
  await expect(page.getByText('Réservation désistée', { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });
});
