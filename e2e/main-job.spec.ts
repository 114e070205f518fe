import { readFileSync } from 'node:fs';
import {
  askOption,
  chooseProgramme,
  confirmation,
  consent,
  denounce,
  denounced,
  dialog,
  expectAccepted,
  newProspect,
  openForm,
  openLot,
  placeOption,
  searchList,
  send,
  step,
  submit,
  typeIdentity,
} from './harness/journeys';
import { cast, rivals } from './harness/people';
import type { Effect } from './harness/sandbox';
import { expect, test } from './harness/test';

const claire = 'claire.lambert@ormeau.exemple';
const sarah = 'sarah.nguyen@lemoine.exemple';
const adviser = cast.adviser.email;

const onLot = (effects: Effect[], lot: string) =>
  effects.filter(({ data }) => JSON.stringify(data).includes(JSON.stringify(lot)));

/** The hour, in Paris, of the first full or half hour not before this instant. */
const halfHourAfter = (instant: string): string =>
  new Date(Math.ceil(Date.parse(instant) / 1_800_000) * 1_800_000).toLocaleTimeString('fr-FR', {
    timeZone: 'Europe/Paris',
    hour: '2-digit',
    minute: '2-digit',
  });

test('the whole main job: stock, dénonciation, option of rank 1; another cabinet gets rank 2; a third is told why not @phone', async ({
  page,
  browser,
  portal,
  sandbox,
  signIn,
  enter,
}) => {
  test.setTimeout(360_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  const label = lot.slice('TDC-'.length);

  await signIn(page, claire);
  await page.goto('/programmes');
  await page.getByRole('article').getByRole('link', { name: 'Les Terrasses du Canal' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Les Terrasses du Canal' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Chercher un lot' }).fill(label);
  const row = page.getByRole('table', { name: 'Lots' }).locator(`tr[data-lot="${lot}"]`);
  await expect(row.locator('[data-status]')).toHaveText('Libre', { timeout: 20_000 });
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: `Lot ${label}` })).toBeVisible();

  await page.getByRole('link', { name: 'Dénoncer un prospect' }).click();
  await expect(page.getByText(`Pour le lot ${label}, Les Terrasses du Canal`)).toBeVisible();
  const prospect = newProspect();
  await typeIdentity(page, prospect);
  await send(page);
  await expectAccepted(page);
  for (const [title, word] of [
    ['Vérification', 'Aucune dénonciation en cours pour ce prospect'],
    ['Création du prospect', 'Fiche créée dans Koban'],
    ['Pose de la dénonciation', 'Enregistrée dans Koban'],
  ] as const) {
    await expect(step(page, title)).toContainText(word);
    await expect(step(page, title)).toHaveAttribute('data-state', 'done');
    await expect(step(page, title).getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/);
  }
  await expect(page.getByText(/Confirmée par Koban le .* à \d\d:\d\d/)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger l’accusé' }).click();
  const receipt = readFileSync(await (await download).path());
  expect(receipt.subarray(0, 5).toString()).toBe('%PDF-');
  expect(receipt.length).toBeGreaterThan(5_000);

  await page.getByRole('link', { name: `Voir le lot ${label}` }).click();
  await expect(page.getByText('Ce lot est libre')).toBeVisible();
  await placeOption(page, prospect, 1);
  await dialog(page).getByRole('link', { name: 'Voir mes options' }).click();
  const mine = page.locator(`tr[data-lot="${lot}"]`);
  await expect(mine).toContainText('Rang 1');
  await expect(mine).toContainText(prospect.lastName);
  // Seventy-two hours, less the seconds gone, to the first half hour from there.
  await expect(mine.getByRole('time')).toHaveText(/^(2\sj\s23\sh|3\sj\s0\sh)$/);
  await expect(mine).toContainText(/\d\d:[03]0/);

  const third = await (await browser.newContext()).newPage();
  await enter(third, rivals.first.email);
  const theirs = await denounced(third);
  await openLot(third, lot);
  await third.getByRole('button', { name: 'Poser une option' }).click();
  await expect(dialog(third).getByText(/Une option de rang 1 est en cours/)).toBeVisible();

  const second = await (await browser.newContext()).newPage();
  await enter(second, sarah);
  const other = await denounced(second);
  await openLot(second, lot);
  // Koban's own date lies off the half hour, as an option placed at any minute does; it ends at the next one.
  const [first] = onLot(await sandbox.effects({ kind: 'option-placed' }), lot);
  const until = halfHourAfter(String(first?.data.expiresAt));
  const behind = 'Une option de rang 1 est en cours jusqu’au';
  await expect(second.getByText(behind)).toHaveText(
    new RegExp(`^${behind} [^:]* à ${until}\\s: vous pouvez demander le rang 2\\.$`),
  );
  await askOption(second, other);
  await expect(dialog(second).getByText(behind)).toHaveText(
    new RegExp(`^${behind} [^:]* à ${until}\\. Vous poseriez une option de rang 2\\.$`),
  );
  await confirmation(second, 2).click();
  await expect(dialog(second).getByText('Option de rang 2 posée')).toBeVisible({ timeout: 20_000 });
  await expect(dialog(second).getByText('Selon le calcul du portail')).toBeVisible();
  await second.goto(`${portal.url}/options`);
  await expect(second.locator(`tr[data-lot="${lot}"]`)).toContainText('Rang 2');
  await expect(second.locator(`tr[data-lot="${lot}"]`)).toContainText('calculée par le portail');

  // The third has had the question open all the while: the ground moves under it, and Koban is asked again.
  await expect(
    dialog(third).getByText('Deux options sont déjà en cours sur ce lot, le maximum.'),
  ).toBeVisible();
  await expect(dialog(third).getByRole('button', { name: /^Confirmer/ })).toHaveCount(0);
  expect(theirs.lastName).toBe('Delorme');
  await third.reload();
  await expect(third.getByText('Les rangs 1 et 2 sont pris')).toBeVisible();
  await expect(third.getByRole('button', { name: 'Poser une option' })).toHaveCount(0);

  const placed = onLot(await sandbox.effects({ kind: 'option-placed' }), lot);
  expect(placed.map(({ data }) => data.rank)).toEqual([1, 2]);
  await Promise.all([second.context().close(), third.context().close()]);
});

test.describe('a dénonciation', () => {
  test('of somebody whom Koban knows creates no second record @phone', async ({ page, sandbox, enter }) => {
    await enter(page, claire);
    await denounce(
      page,
      { lastName: 'Marchand', firstName: 'Hélène', email: 'helene.marchand@exemple.fr', phone: '0612345678' },
      'promoteur=valmont&programme=CDT',
    );
    await expectAccepted(page);
    await expect(step(page, 'Création du prospect')).toContainText('Déjà connu de Koban');
    await expect(step(page, 'Création du prospect')).toHaveAttribute('data-state', 'skipped');
    const made = await sandbox.caused('helene.marchand@exemple.fr');
    expect(made.filter(({ kind }) => kind.startsWith('third-'))).toEqual([]);
    expect(made.filter(({ data }) => data.programme === 'CDT').map(({ kind }) => kind)).toEqual([
      'denonciation-created',
    ]);
  });

  test('of somebody whom Koban knows carries an option, even where the check does not name the record', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('littoral', 'RMA');
    const helene = {
      lastName: 'Marchand',
      firstName: 'Hélène',
      email: 'helene.marchand@exemple.fr',
      phone: '0612345678',
    };
    await enter(page, adviser);
    await denounce(page, helene, 'promoteur=littoral&programme=RMA');
    await expectAccepted(page);
    await openLot(page, lot, 'littoral');
    await placeOption(page, helene);
    expect(onLot(await sandbox.effects({ kind: 'option-placed' }), lot).length).toBe(1);
  });

  test('of a rival’s prospect is refused in plain words, and nothing is created @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, claire);
    await denounce(page, {
      lastName: 'Renaud',
      firstName: 'Paul',
      email: 'paul.renaud@exemple.fr',
      phone: '0698765432',
    });
    await expect(page.getByText('Dénonciation refusée')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Ce prospect est déjà dénoncé sur ce programme.')).toBeVisible();
    await expect(page.getByText('Horizon Conseil')).toHaveCount(0);
    await expect(step(page, 'Pose de la dénonciation')).toContainText('Non engagée');
    expect(await sandbox.caused('paul.renaud@exemple.fr')).toEqual([]);
  });

  test('on a promoter that keeps the module off says so', async ({ page, ownPortal, enter }) => {
    await ownPortal.sandbox.policy('littoral', { denonciationActive: false });
    await enter(page, claire, ownPortal);
    await denounce(page, newProspect(), 'promoteur=littoral&programme=LVB');
    await expect(page.getByText('Le promoteur n’a pas ouvert la dénonciation sur ce programme.')).toBeVisible(
      { timeout: 30_000 },
    );
    expect(await ownPortal.sandbox.effects({ kind: 'denonciation-created' })).toEqual([]);
  });

  test('that names several programmes of two promoters makes one act for each', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    await openForm(page);
    const prospect = newProspect();
    await typeIdentity(page, prospect);
    await chooseProgramme(page, 'Cour Lumière');
    await expect(page.getByText('2 programmes choisis : 2 dénonciations')).toBeVisible();
    await consent(page).check();
    await chooseProgramme(page, 'Les Voiles Blanches');
    // The box named one promoter: the other one is another question.
    await expect(page.getByText('Un promoteur de plus recevra ces coordonnées')).toBeVisible();
    await expect(consent(page)).not.toBeChecked();
    await expect(
      page.getByText('transmises à Groupe Valmont et Rives & Littoral et ne s’y oppose pas'),
    ).toBeVisible();
    await send(page);
    await expect(page).toHaveURL(/\/denonciations\/suivi\?envoi=[0-9a-f-]{36}$/);
    for (const programme of ['Les Terrasses du Canal', 'Cour Lumière', 'Les Voiles Blanches']) {
      await expectAccepted(
        page.locator('[data-act]').filter({ has: page.getByRole('heading', { name: programme }) }),
      );
    }
    const made = await sandbox.caused(prospect.email);
    const of = (kind: string) => made.filter((effect) => effect.kind === kind);
    expect(new Set(of('third-created').map(({ account }) => account))).toEqual(
      new Set(['littoral', 'valmont']),
    );
    expect(of('third-created').length).toBe(2);
    expect(
      of('denonciation-created')
        .map(({ data }) => data.programme)
        .sort(),
    ).toEqual(['CLU', 'LVB', 'TDC']);
  });

  test('refused on one of its programmes says so from the server’s memory, never from an address', async ({
    page,
    browser,
    enter,
  }) => {
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openForm(page);
    await typeIdentity(page, prospect);
    await chooseProgramme(page, 'Cour Lumière');
    await send(page);
    await expect(page).toHaveURL(/\/denonciations\/suivi\?envoi=[0-9a-f-]{36}$/);
    const outcome = page.url();
    const act = page.locator('[data-act]');
    await expectAccepted(act);
    const refusals = page.getByRole('heading', { name: /^Non déposée sur / });
    const told = async () => {
      await expect(refusals).toHaveText(['Non déposée sur Les Terrasses du Canal']);
      await expect(
        page.getByText('Votre cabinet a déjà une dénonciation acceptée pour ce prospect sur ce programme.'),
      ).toBeVisible();
    };
    await told();
    const invented = 'refus=valmont~CLU~programme-not-granted~';
    await page.goto(`${outcome}&${invented}`);
    await told();
    const id = await act.getAttribute('data-act');
    const crafted = new URL(`/denonciations/suivi?acte=${id}&${invented}`, outcome).href;
    expect((await page.goto(crafted))?.status()).toBe(404);
    await expect(refusals).toHaveCount(0);

    const other = await (await browser.newContext()).newPage();
    await enter(other, cast.colleague.email);
    expect((await other.goto(outcome))?.status()).toBe(404);
    await other.context().close();
  });

  test('says what is wrong with each field, keeps what was typed, and leaves nothing behind in Koban @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, cast.colleague.email);
    await openForm(page);
    const prospect = newProspect('Fauvel');
    await typeIdentity(page, { ...prospect, email: 'agathe@', phone: '06 12 34' });
    await submit(page).click();
    await expect(page.getByText(/champs sont à corriger$/)).toBeVisible();
    await expect(page.getByText('Cette adresse e-mail n’est pas complète.').first()).toBeVisible();
    await expect(
      page.getByText('Ce numéro a 6 chiffres : un numéro français en a 10.').first(),
    ).toBeVisible();
    await expect(
      page.getByText('L’information du prospect est nécessaire pour le dénoncer.').first(),
    ).toBeVisible();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Fauvel');
    await expect(page.getByLabel('E-mail')).toHaveValue('agathe@');
    await expect(page.getByLabel('Téléphone')).toHaveValue('06 12 34');
    await page.getByRole('button', { name: /^Téléphone : / }).click();
    await expect(page.getByLabel('Téléphone')).toBeFocused();

    await page.getByLabel('E-mail').fill(prospect.email);
    await page.getByLabel('Téléphone').fill(prospect.phone);
    await send(page);
    await expectAccepted(page);
    expect((await sandbox.caused(prospect.email)).map(({ kind }) => kind)).toEqual([
      'third-created',
      'denonciation-created',
    ]);
  });

  test('is kept as a draft while it is typed: a reload, another tab, another day find it again', async ({
    page,
    enter,
  }) => {
    await enter(page, cast.colleague.email);
    await openForm(page);
    const prospect = newProspect('Garance');
    await typeIdentity(page, prospect);
    await chooseProgramme(page, 'Cour Lumière');
    const kept = page.waitForResponse((answer) => answer.request().postData()?.includes('350 000') ?? false);
    await page.getByLabel('Budget').fill('350 000');
    await kept;
    await expect(page.getByText(/^Brouillon enregistré à \d\d:\d\d:\d\d$/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^Brouillon repris, enregistré le /)).toBeVisible();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Garance');
    await expect(page.getByLabel('E-mail')).toHaveValue(prospect.email);
    await expect(page.getByLabel('Budget')).toHaveValue('350 000');
    await expect(page.getByText('2 programmes choisis : 2 dénonciations')).toBeVisible();
    await openForm(page);
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('');
    await page.reload();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('');
  });

  test('survives a session that ended while it was typed', async ({ page, sandbox, portal, enter }) => {
    await enter(page, cast.colleague.email);
    await openForm(page);
    const prospect = newProspect('Ysambart');
    await typeIdentity(page, prospect);
    await consent(page).check();
    await page.context().clearCookies();
    await submit(page).click();
    await expect(page.getByText('Votre session est terminée, rien n’a été envoyé.')).toBeVisible();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Ysambart');
    await page.getByRole('link', { name: 'Se reconnecter' }).first().click();
    await page.getByLabel('Adresse e-mail').fill(cast.colleague.email);
    await page.getByLabel('Mot de passe').fill(cast.colleague.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page).toHaveURL(`${portal.url}/denonciations/nouvelle?promoteur=valmont&programme=TDC`);
    await expect(page.getByLabel('E-mail')).toHaveValue(prospect.email);
    await send(page);
    await expectAccepted(page);
    expect((await sandbox.caused(prospect.email)).map(({ kind }) => kind)).toEqual([
      'third-created',
      'denonciation-created',
    ]);
  });

  test('pressed twice is one act, and one made already is not made again', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const prospect = newProspect();
    await openForm(page);
    await typeIdentity(page, prospect);
    await consent(page).check();
    await submit(page).dblclick();
    await expect(page).toHaveURL(/\/denonciations\/[0-9a-f-]{36}/);
    await expectAccepted(page);
    const act = page.url();
    await openForm(page);
    await typeIdentity(page, prospect);
    await consent(page).check();
    await submit(page).click();
    await expect(
      page.getByText('Votre cabinet a déjà une dénonciation acceptée pour ce prospect sur ce programme.'),
    ).toBeVisible();
    await page.getByRole('link', { name: 'Voir cette dénonciation' }).click();
    await expect(page).toHaveURL(act);
    expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length).toBe(1);
  });
});

test.describe('an option', () => {
  test('is asked for again when the rank changed between the dialog and the confirmation @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    await askOption(page, prospect);
    await expect(confirmation(page, 1)).toBeVisible();
    // The portal hears of it by the confirmation alone: told before, it would take the button away.
    await sandbox.webhookFault({ mode: 'lost', event: 'option-placed', account: 'valmont' });
    const nothing = { mode: 'business', body: { Length: 0, List: [] }, remaining: null };
    await sandbox.fault({ method: 'ncDeal/GetUpdated', account: 'valmont', ...nothing });
    await sandbox.act('valmont', 'place-option', { lot });
    await confirmation(page, 1).click();
    await expect(dialog(page).getByText('Rang changé, rien n’a été posé')).toBeVisible();
    await sandbox.clearFaults();
    await expect(dialog(page).getByText(/^Une option de rang 1 est en cours jusqu’au/)).toBeVisible();
    const ours = async () =>
      onLot(await sandbox.effects({ kind: 'option-placed' }), lot).filter(({ data }) =>
        JSON.stringify(data).includes('"rank":2'),
      );
    expect(await ours()).toEqual([]);
    await confirmation(page, 2).click();
    await expect(dialog(page).getByText('Option de rang 2 posée')).toBeVisible({ timeout: 20_000 });
    expect((await ours()).length).toBe(1);
  });

  test('confirmed by a double press is placed once', async ({ page, sandbox, enter }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    await askOption(page, prospect);
    await sandbox.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 1_500, match: lot });
    await confirmation(page, 1).dblclick();
    await expect(dialog(page).getByText('Option de rang 1 posée')).toBeVisible({ timeout: 20_000 });
    expect(onLot(await sandbox.effects({ kind: 'option-placed' }), lot).length).toBe(1);
    expect((await sandbox.asked(lot, 'ncOption/Add')).length).toBe(1);
  });

  test('confirmed in two tabs at once is placed once', async ({ page, context, sandbox, enter }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    const tab = await context.newPage();
    await tab.goto(page.url());
    await askOption(page, prospect);
    await askOption(tab, prospect);
    await sandbox.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 1_500, match: lot });
    await Promise.all([confirmation(page, 1).click(), confirmation(tab, 1).click()]);
    const said = /Option de rang 1 posée|Option refusée, rien n’a été posé/;
    await expect(dialog(page).getByText(said)).toBeVisible({ timeout: 20_000 });
    await expect(dialog(tab).getByText(said)).toBeVisible({ timeout: 20_000 });
    const words = `${await dialog(page).textContent()} ${await dialog(tab).textContent()}`;
    expect(words).toMatch(/Option de rang 1 posée/);
    expect(words).toMatch(/Un acte est déjà en cours|a déjà une option en cours sur ce lot/);
    expect(onLot(await sandbox.effects({ kind: 'option-placed' }), lot).length).toBe(1);
  });

  test('raced by two partners gives each a rank of their own or a plain answer, never two of one', async ({
    page,
    browser,
    sandbox,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    const rival = await (await browser.newContext()).newPage();
    await enter(rival, rivals.first.email);
    const other = await denounced(rival);
    await openLot(rival, lot);
    await askOption(page, prospect);
    await askOption(rival, other);
    await sandbox.fault({ method: 'ncOption/Add', mode: 'slow', delayMs: 1_500, match: lot });
    await Promise.all([confirmation(page, 1).click(), confirmation(rival, 1).click()]);
    const settled = /Option de rang 1 posée|Rang changé, rien n’a été posé|Un acte est déjà en cours/;
    await expect(dialog(page).getByText(settled)).toBeVisible({ timeout: 20_000 });
    await expect(dialog(rival).getByText(settled)).toBeVisible({ timeout: 20_000 });
    const placed = onLot(await sandbox.effects({ kind: 'option-placed' }), lot);
    expect(placed.length).toBe(1);
    const told = [await dialog(page).textContent(), await dialog(rival).textContent()].filter((words) =>
      words?.includes('Option de rang 1 posée'),
    );
    expect(told.length).toBe(1);
    await rival.context().close();
  });

  test('is not offered to a prospect who has three, the most that Koban allows', async ({
    page,
    sandbox,
    enter,
  }) => {
    test.setTimeout(360_000);
    await enter(page, adviser);
    const prospect = await denounced(page);
    for (let index = 0; index < 3; index += 1) {
      await openLot(page, await sandbox.newLot('valmont', 'TDC'));
      await placeOption(page, prospect);
    }
    await openLot(page, await sandbox.newLot('valmont', 'TDC'));
    await page.getByRole('button', { name: 'Poser une option' }).click();
    const name = `${prospect.lastName} ${prospect.firstName}`;
    await dialog(page).getByRole('combobox', { name: 'Prospect' }).fill(name);
    const full = page.getByRole('option', { name });
    await expect(full).toContainText('déjà 3 options, le maximum');
    await expect(full).toHaveAttribute('aria-disabled', 'true');
  });

  test('without a dénonciation accepted on the programme leads to one', async ({ page, sandbox, enter }) => {
    const lot = await sandbox.newLot('valmont', 'DSB');
    await enter(page, rivals.second.email);
    await openLot(page, lot);
    await page.getByRole('button', { name: 'Poser une option' }).click();
    await expect(dialog(page).getByText('Aucun prospect dénoncé sur ce programme')).toBeVisible();
    await dialog(page).getByRole('link', { name: 'Dénoncer un prospect' }).click();
    await expect(page).toHaveURL(new RegExp(`lot=${lot}`));
  });

  // What Koban answers to Add, and what it means to the partner. The lot is free when it is asked for.
  for (const [errorcode, sentence] of [
    ['01', 'Ce prospect a déjà trois options en cours, le maximum.'],
    ['02', 'Ce lot n’est ni libre ni sous option.'],
    ['03', 'Le promoteur a atteint le nombre d’options simultanées que son Koban autorise. Contactez-le.'],
    ['04', 'Une préréservation est en cours sur ce lot.'],
    ['05', 'Deux options sont déjà en cours sur ce lot, le maximum.'],
  ] as const) {
    test(`refused with the errorcode ${errorcode} is explained in plain words`, async ({
      page,
      sandbox,
      enter,
    }) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await enter(page, adviser);
      const prospect = await denounced(page);
      await openLot(page, lot);
      await askOption(page, prospect);
      const body = { success: false, errorcode };
      await sandbox.fault({ method: 'ncOption/Add', mode: 'business', body, match: lot });
      await confirmation(page, 1).click();
      await expect(dialog(page).getByText('Option refusée, rien n’a été posé')).toBeVisible({
        timeout: 20_000,
      });
      await expect(dialog(page).getByText(sentence)).toBeVisible();
      expect(onLot(await sandbox.effects({ kind: 'option-placed' }), lot)).toEqual([]);
      await page.goto(new URL('/options?state=refused', page.url()).href);
      const row = page.locator(`tr[data-lot="${lot}"]`);
      await expect(row).toContainText('Refusée');
      await expect(row).toContainText(sentence);
    });
  }

  test('on a lot that Koban no longer knows is answered as such', async ({ page, sandbox, enter }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    await openLot(page, lot);
    await sandbox.act('valmont', 'withdraw-lot', { lot });
    await page.getByRole('button', { name: 'Poser une option' }).click();
    await expect(dialog(page).getByText('Koban ne connaît plus ce lot.')).toBeVisible();
  });
});

test('a manager sees the cabinet’s acts, an adviser his own, another cabinet none of them', async ({
  page,
  browser,
  sandbox,
  portal,
  enter,
}) => {
  test.setTimeout(360_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  const act = page.url();
  const id = new URL(act).pathname.split('/').at(-1) ?? '';
  await openLot(page, lot);
  await placeOption(page, prospect);
  await page.goto(`${portal.url}/options`);
  const option = (await page.locator(`tr[data-lot="${lot}"]`).getAttribute('data-option')) ?? '';

  const manager = await (await browser.newContext()).newPage();
  await enter(manager, cast.manager.email);
  await manager.goto(`${portal.url}/denonciations`);
  await expect(manager.getByRole('heading', { level: 1, name: 'Dénonciations du cabinet' })).toBeVisible();
  await searchList(manager, prospect.email);
  await expect(manager.locator(`tr[data-act="${id}"]`)).toContainText(cast.adviser.name);
  await manager.goto(act);
  await expectAccepted(manager);
  await manager.goto(`${portal.url}/options`);
  await expect(manager.locator(`tr[data-lot="${lot}"]`)).toContainText(cast.adviser.name);
  await manager.context().close();

  for (const email of [cast.colleague.email, rivals.first.email, claire]) {
    const other = await (await browser.newContext()).newPage();
    await enter(other, email);
    // The latest stand first: were it theirs to see, it would be there.
    await other.goto(`${portal.url}/denonciations`);
    await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(other.locator(`tr[data-act="${id}"]`)).toHaveCount(0);
    expect((await other.goto(act))?.status(), email).toBe(404);
    for (const path of [
      `/api/denonciations/${id}`,
      `/api/denonciations/${id}/accuse`,
      `/api/options/${option}`,
    ]) {
      expect((await other.request.get(portal.url + path)).status(), `${email} ${path}`).toBe(404);
    }
    await other.goto(`${portal.url}/options`);
    await expect(other.locator(`tr[data-lot="${lot}"]`)).toHaveCount(0);
    await other.context().close();
  }
});

test('the lists are searched, no word of it in any address, and narrowed in the address @phone', async ({
  page,
  enter,
  sandbox,
}) => {
  test.setTimeout(360_000);
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, adviser);
  const prospect = await denounced(page);
  await denounce(page, {
    ...newProspect('Renaud'),
    email: 'paul.renaud@exemple.fr',
  });
  await expect(page.getByText('Dénonciation refusée')).toBeVisible({ timeout: 30_000 });
  await openLot(page, lot);
  await placeOption(page, prospect);

  const typed = [prospect.phone, prospect.email, prospect.firstName, 'personne de ce nom'];
  const addresses: string[] = [];
  const note = (url: string) => addresses.push(decodeURIComponent(url.replaceAll('+', ' ')));
  page.on('request', (request) => note(`${request.url()} ${request.headers().referer ?? ''}`));
  page.on('framenavigated', (frame) => note(frame.url()));
  await page.goto(new URL('/denonciations', page.url()).href);
  await expect(page.getByRole('heading', { level: 1, name: 'Mes dénonciations' })).toBeVisible();
  const field = page.getByRole('searchbox', { name: 'Nom, e-mail, téléphone, programme' });
  const rows = page.locator('tr[data-act]');
  for (const words of [prospect.phone, prospect.email, prospect.firstName]) {
    await searchList(page, words);
    await expect(rows).toHaveCount(1);
    await expect(page.getByRole('status').filter({ hasText: /^1 dénonciation$/ })).toBeVisible();
  }
  // The state goes to the address and back with the words in the field, and without them in the address.
  await page.getByRole('button', { name: /^Acceptée / }).click();
  await expect(page).toHaveURL(/\/denonciations\?state=accepted$/);
  await expect(rows).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/\/denonciations$/);
  await expect(page.getByRole('button', { name: /^Toutes / })).toHaveAttribute('aria-pressed', 'true');
  await expect(field).toHaveValue(prospect.firstName);
  await expect(rows).toHaveCount(1);
  await page.route('**/denonciations', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await field.fill('personne de ce nom');
  await expect(page.getByRole('status').filter({ hasText: 'La recherche n’a pas abouti' })).toBeVisible();
  await expect(rows).toHaveCount(0);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await expect(page.getByText('Rien ne répond à cette recherche')).toBeVisible();
  await page.getByRole('button', { name: 'Tout afficher' }).click();
  await expect(field).toHaveValue('');
  await page.getByRole('button', { name: /^Refusée / }).click();
  await expect(page).toHaveURL(/state=refused/);
  await expect(page.locator('tr[data-act]').first()).toContainText('Refusée');
  await page.reload();
  await expect(page.getByRole('button', { name: /^Refusée / })).toHaveAttribute('aria-pressed', 'true');

  await page.goto(new URL('/options', page.url()).href);
  await searchList(page, prospect.email);
  await expect(page.locator('tr[data-option]')).toHaveCount(1);
  await searchList(page, lot.slice('TDC-'.length));
  await expect(page.locator(`tr[data-lot="${lot}"]`)).toHaveCount(1);
  expect(addresses.filter((address) => typed.some((words) => address.includes(words)))).toEqual([]);
  await page.locator(`tr[data-lot="${lot}"]`).getByRole('link', { name: prospect.lastName }).click();
  await expectAccepted(page);
  await expect(page.getByText('Options de ce prospect')).toBeVisible();
});
