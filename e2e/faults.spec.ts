import type { Page } from '@playwright/test';
import {
  askOption,
  choose,
  confirmation,
  consent,
  denounce,
  denounced,
  dialog,
  expectAccepted,
  newProspect,
  openForm,
  openLot,
  step,
  submit,
  typeIdentity,
} from './harness/journeys';
import { cast } from './harness/people';
import type { SandboxControl } from './harness/sandbox';
import { expect, test } from './harness/test';

const adviser = cast.adviser.email;

/** What a call came to in Koban, and how its answer was lost. */
const lost = [
  { mode: 'hang-after', applied: true },
  { mode: 'reset-after', applied: true },
  { mode: 'garbage', applied: true },
  { mode: 'truncated', applied: true },
  { mode: 'drop-before', applied: false },
  { mode: 'refuse', applied: false },
] as const;

const uncertain = (page: Page) => page.getByText('Résultat inconnu', { exact: true }).first();
const kinds = async (sandbox: SandboxControl, words: string) =>
  (await sandbox.caused(words)).map(({ kind }) => kind);
const onLot = async (sandbox: SandboxControl, lot: string) =>
  (await sandbox.effects({ kind: 'option-placed' })).filter(({ data }) => data.lot === lot);

test.describe('CheckDenonc', () => {
  for (const [mode, sentence] of [
    ['refuse', 'Koban n’a pas répondu à la vérification.'],
    ['drop-before', 'Koban n’a pas répondu à la vérification.'],
    ['hang-before', 'Koban n’a pas répondu à la vérification.'],
    ['garbage', 'La réponse de Koban est illisible.'],
    ['truncated', 'La réponse de Koban est illisible.'],
  ] as const) {
    test(`${mode}: nothing is sent, the form is kept, and one press sends it again`, async ({
      page,
      sandbox,
      enter,
    }) => {
      await enter(page, adviser);
      const prospect = newProspect();
      await sandbox.fault({ method: 'ncDenonc/CheckDenonc', mode, match: prospect.email, remaining: null });
      await denounce(page, prospect);
      await expect(page.getByText('Dénonciation non envoyée', { exact: true })).toBeVisible({
        timeout: 60_000,
      });
      await expect(page.getByText(sentence)).toBeVisible();
      expect(await kinds(sandbox, prospect.email)).toEqual([]);
      await expect(page.getByRole('link', { name: 'Télécharger l’accusé' })).toHaveCount(0);

      await sandbox.clearFaults();
      await page.getByRole('button', { name: 'Envoyer de nouveau' }).click();
      await expectAccepted(page);
      expect(await kinds(sandbox, prospect.email)).toEqual(['third-created', 'denonciation-created']);
    });
  }
});

test('PostOne: however its answer is lost, the prospect is created once and the dénonciation goes through by itself', async ({
  page,
  sandbox,
  enter,
}) => {
  test.setTimeout(360_000);
  await enter(page, adviser);
  const acts: { address: string; email: string }[] = [];
  for (const { mode } of lost) {
    const prospect = newProspect();
    await sandbox.fault({ method: 'ncThird/PostOne', mode, match: prospect.email });
    await denounce(page, prospect);
    await expect(uncertain(page), mode).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Nous vérifions, ne ressaisissez pas.').first(), mode).toBeVisible();
    await expect(page.getByText('Dénonciation acceptée'), mode).toHaveCount(0);
    acts.push({ address: page.url(), email: prospect.email });
  }
  // Sent twice with our own code it takes effect once: read back after half a minute, it goes on.
  for (const { address, email } of acts) {
    await page.goto(address);
    await expect(page.getByText('Dénonciation acceptée')).toBeVisible({ timeout: 80_000 });
    expect(await kinds(sandbox, email)).toEqual(['third-created', 'denonciation-created']);
  }
});

test.describe('Create', () => {
  for (const { mode, applied } of lost) {
    test(`${mode}: said to be unknown, never sent twice${applied ? '' : ', never said to be done'}`, async ({
      page,
      sandbox,
      enter,
    }) => {
      await enter(page, adviser);
      const prospect = newProspect();
      await sandbox.fault({ method: 'ncDenonc/Create', mode, match: prospect.email });
      await denounce(page, prospect);
      await expect(uncertain(page)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText('nous vérifions, ne ressaisissez pas.').first()).toBeVisible();
      await expect(
        page.getByText(/Prochaine vérification à \d\d:\d\d\.|Vérification en cours\./),
      ).toBeVisible();
      await expect(page.getByText('Dénonciation acceptée')).toHaveCount(0);
      await expect(page.getByText('Dénonciation refusée')).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Envoyer de nouveau' })).toHaveCount(0);
      expect(await kinds(sandbox, prospect.email)).toEqual(
        applied ? ['third-created', 'denonciation-created'] : ['third-created'],
      );
      expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length).toBe(1);

      // Typed again in the meantime, it is held back.
      const act = page.url();
      await openForm(page);
      await typeIdentity(page, prospect);
      await consent(page).check();
      await submit(page).click();
      await expect(page.getByText('Un acte est déjà en cours pour ce prospect ou sur ce lot.')).toBeVisible();
      await page.getByRole('link', { name: 'Voir cette dénonciation' }).click();
      await expect(page).toHaveURL(act);
      expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length).toBe(1);
    });
  }

  test('done but unanswered: a reading proves it after half a minute, and says that it did', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const prospect = newProspect();
    await sandbox.fault({ method: 'ncDenonc/Create', mode: 'reset-after', match: prospect.email });
    await denounce(page, prospect);
    await expect(uncertain(page)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Dénonciation acceptée')).toBeVisible({ timeout: 80_000 });
    await expect(
      page.getByText(/Koban n’avait pas répondu\s; une relecture du .* montre la dénonciation/),
    ).toBeVisible();
    await expect(step(page, 'Pose de la dénonciation')).toContainText(
      /confirmée par relecture à \d\d:\d\d:\d\d/,
    );
    expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length).toBe(1);
  });

  test('not done and unanswered: after the reading it is still unknown, neither done nor refused', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const prospect = newProspect();
    await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', match: prospect.email });
    await denounce(page, prospect);
    await expect(uncertain(page)).toBeVisible({ timeout: 30_000 });
    await expect(step(page, 'Pose de la dénonciation')).toContainText(/Relu à \d\d:\d\d:\d\d/, {
      timeout: 80_000,
    });
    await expect(uncertain(page)).toBeVisible();
    expect((await sandbox.asked(prospect.email, 'ncDenonc/Create')).length).toBe(1);
    expect(await kinds(sandbox, prospect.email)).toEqual(['third-created']);
  });

  test('of somebody who existed, unanswered: whose it is nobody can say, and that is what is said', async ({
    page,
    ownPortal,
    enter,
  }) => {
    const { sandbox } = ownPortal;
    await sandbox.fault({ method: 'ncDenonc/Create', mode: 'reset-after' });
    await enter(page, adviser, ownPortal);
    await denounce(page, {
      lastName: 'Marchand',
      firstName: 'Hélène',
      email: 'helene.marchand@exemple.fr',
      phone: '0612345678',
    });
    await expect(uncertain(page)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Ce prospect est dénoncé, mais Koban ne dit pas par qui.')).toBeVisible({
      timeout: 80_000,
    });
    await expect(page.getByText('Dénonciation acceptée')).toHaveCount(0);
  });

  test('refused by Koban in its own words: they are quoted, and nothing is left uncertain', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const prospect = newProspect();
    const body = { Success: false, Message: 'Le programme est clos aux apporteurs.', Errors: [] };
    await sandbox.fault({ method: 'ncDenonc/Create', mode: 'business', body, match: prospect.email });
    await denounce(page, prospect);
    await expect(page.getByText('Dénonciation refusée')).toBeVisible({ timeout: 30_000 });
    await expect(
      page.getByText('Réponse de Koban : « Le programme est clos aux apporteurs. »'),
    ).toBeVisible();
    expect(await kinds(sandbox, prospect.email)).toEqual(['third-created']);
  });
});

test('Koban away: nothing is sent and nothing is lost; back, one press sends it, with nothing typed again', async ({
  page,
  ownPortal,
  enter,
}) => {
  test.setTimeout(360_000);
  await enter(page, adviser, ownPortal);
  await openForm(page);
  await ownPortal.closeKoban();
  const prospect = newProspect();
  await typeIdentity(page, prospect);
  await consent(page).check();
  await submit(page).click();
  await expect(page.getByText('Dénonciation non envoyée', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(
    page.getByText('Koban est injoignable. Rien n’a été envoyé ; votre saisie est conservée.'),
  ).toBeVisible();
  await ownPortal.openKoban();
  // The breaker lets a reading through half a minute after the last failure.
  await expect(async () => {
    const again = page.getByRole('button', { name: 'Envoyer de nouveau' });
    if (await again.isVisible()) await again.click();
    await expect(page.getByText('Dénonciation acceptée')).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 100_000 });
  expect(await kinds(ownPortal.sandbox, prospect.email)).toEqual(['third-created', 'denonciation-created']);
});

test.describe('GetLotStatus', () => {
  for (const [mode, sentence] of [
    ['refuse', 'Koban n’a pas répondu à la vérification.'],
    ['drop-before', 'Koban n’a pas répondu à la vérification.'],
    ['hang-before', 'Koban n’a pas répondu à la vérification.'],
    ['garbage', 'La réponse de Koban est illisible.'],
    ['truncated', 'La réponse de Koban est illisible.'],
  ] as const) {
    test(`${mode}, when the dialog asks: no rank is promised, and asking again works`, async ({
      page,
      sandbox,
      enter,
    }) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await enter(page, adviser);
      await openLot(page, lot);
      await sandbox.fault({ method: 'ncOption/GetLotStatus', mode, match: lot, remaining: null });
      await page.getByRole('button', { name: 'Poser une option' }).click();
      await expect(dialog(page).getByText('Aucun rang ne peut être promis')).toBeVisible({ timeout: 45_000 });
      await expect(dialog(page).getByText(sentence)).toBeVisible();
      await expect(dialog(page).getByRole('button', { name: /^Confirmer/ })).toHaveCount(0);
      await sandbox.clearFaults();
      await dialog(page).getByRole('button', { name: 'Vérifier de nouveau' }).click();
      await expect(
        dialog(page)
          .getByText(/Rang accordé par Koban|Aucun prospect dénoncé/)
          .first(),
      ).toBeVisible();
      expect(await onLot(sandbox, lot)).toEqual([]);
    });
  }

  for (const mode of ['refuse', 'hang-before', 'garbage'] as const) {
    test(`${mode}, when the option is confirmed: nothing is placed, and it can be confirmed again`, async ({
      page,
      sandbox,
      enter,
    }) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await enter(page, adviser);
      const prospect = await denounced(page);
      await openLot(page, lot);
      await askOption(page, prospect);
      await sandbox.fault({ method: 'ncOption/GetLotStatus', mode, match: lot, remaining: null });
      await confirmation(page, 1).click();
      await expect(dialog(page).getByText('Rien n’a été posé')).toBeVisible({ timeout: 45_000 });
      expect(await onLot(sandbox, lot)).toEqual([]);
      await sandbox.clearFaults();
      await dialog(page).getByRole('button', { name: 'Vérifier de nouveau' }).click();
      await expect(confirmation(page, 1)).toBeVisible();
      const name = `${prospect.lastName} ${prospect.firstName}`;
      const field = dialog(page).getByRole('combobox', { name: 'Prospect' });
      if ((await field.inputValue()) !== name) await choose(page, name);
      await confirmation(page, 1).click();
      await expect(dialog(page).getByText('Option de rang 1 posée')).toBeVisible({ timeout: 20_000 });
      expect((await onLot(sandbox, lot)).length).toBe(1);
    });
  }
});

test.describe('Add', () => {
  // A Koban that calls nobody of what comes through its API: webhooks.spec.ts plays the other.
  test.beforeEach(
    async ({ sandbox }) => void (await sandbox.policy('valmont', { webhooksForApiActs: false })),
  );
  test.afterEach(async ({ sandbox }) => void (await sandbox.policy('valmont', { webhooksForApiActs: true })));

  for (const { mode, applied } of lost) {
    test(`${mode}: said to be unknown, held, never sent twice`, async ({ page, sandbox, portal, enter }) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await enter(page, adviser);
      const prospect = await denounced(page);
      await openLot(page, lot);
      await askOption(page, prospect);
      await sandbox.fault({ method: 'ncOption/Add', mode, match: lot });
      await confirmation(page, 1).click();
      await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });
      await expect(dialog(page).getByText('Nous vérifions, ne ressaisissez pas')).toBeVisible();
      await expect(dialog(page).getByText(/posée$/)).toHaveCount(0);
      await dialog(page).getByRole('link', { name: 'Voir mes options' }).click();
      const row = page.locator(`tr[data-lot="${lot}"]`);
      await expect(row).toContainText('Résultat inconnu');
      await expect(row).toContainText(/Prochaine vérification à \d\d:\d\d|Vérification en cours/);
      await expect(row.getByRole('time')).toHaveCount(0);
      expect((await onLot(sandbox, lot)).length).toBe(applied ? 1 : 0);

      // The lot is held meanwhile, for this cabinet as for any other.
      await page.goto(`${portal.url}/lots/valmont/${lot}`);
      const ask = page.getByRole('button', { name: 'Poser une option' });
      await ask.click();
      await choose(page, `${prospect.lastName} ${prospect.firstName}`);
      await dialog(page)
        .getByRole('button', { name: /^Confirmer l’option de rang [12]$/ })
        .click();
      await expect(
        dialog(page).getByText(/Un acte est déjà en cours|a déjà une option en cours sur ce lot/),
      ).toBeVisible({ timeout: 20_000 });
      expect((await sandbox.asked(lot, 'ncOption/Add')).length).toBe(1);
    });
  }

  // What is not the documented yes is no yes.
  for (const body of [{}, { success: 1 }, { success: 'true' }]) {
    test(`answered ${JSON.stringify(body)}: never shown as placed`, async ({ page, sandbox, enter }) => {
      const lot = await sandbox.newLot('valmont', 'TDC');
      await enter(page, adviser);
      const prospect = await denounced(page);
      await openLot(page, lot);
      await askOption(page, prospect);
      await sandbox.fault({ method: 'ncOption/Add', mode: 'business', body, match: lot });
      await confirmation(page, 1).click();
      await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 20_000 });
    });
  }

  test('done but unanswered: the reading sees one option more and does not claim it', async ({
    page,
    sandbox,
    portal,
    enter,
  }) => {
    const lot = await sandbox.newLot('valmont', 'TDC');
    await enter(page, adviser);
    const prospect = await denounced(page);
    await openLot(page, lot);
    await askOption(page, prospect);
    await sandbox.fault({ method: 'ncOption/Add', mode: 'reset-after', match: lot });
    await confirmation(page, 1).click();
    await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });
    const row = page.locator(`tr[data-lot="${lot}"]`);
    await expect(async () => {
      await page.goto(`${portal.url}/options`);
      await expect(row).toContainText('Koban ne dit pas à qui elle est', { timeout: 2_000 });
    }).toPass({ timeout: 80_000 });
    await expect(row).toContainText('Résultat inconnu');
    await expect(row).not.toContainText('Rang 1');
  });
});

test('GetUpdated: whatever its answers are worth, no lot is lost and the next good one brings what changed', async ({
  page,
  ownPortal,
  enter,
}) => {
  const { sandbox } = ownPortal;
  await enter(page, adviser, ownPortal);
  await page.goto(`${ownPortal.url}/programmes/valmont/TDC?q=L101`);
  const row = page.locator('tr[data-lot="TDC-L101"]');
  await expect(row).toBeVisible();
  let price = 300_000;
  for (const mode of ['garbage', 'truncated', 'refuse', 'drop-before', 'no-content', 'redirect']) {
    await sandbox.fault({ method: 'ncDeal/GetUpdated', account: 'valmont', mode, remaining: 2 });
    price += 1_000;
    await sandbox.act('valmont', 'set-price', { lot: 'TDC-L101', priceCents: price * 100 });
    await expect(row).toContainText(`${price / 1_000} 000 €`, { timeout: 60_000 });
  }
  await page.goto(`${ownPortal.url}/programmes/valmont/TDC`);
  await expect(page.getByText('46 lots sur 46')).toBeVisible();
});
