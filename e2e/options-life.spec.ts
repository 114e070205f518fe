import { askOption, awake, confirmation, denounced, dialog, openLot, placeOption } from './harness/journeys';
import { button, kobanAt, kobanPast, rowOf, withOption } from './harness/options';
import { cast, rivals } from './harness/people';
import type { SandboxControl } from './harness/sandbox';
import { expect, test } from './harness/test';

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;
const adviser = cast.adviser.email;
const staff = 'antoine.delmas@valmont.exemple';

type KobanOption = { rank: number; expiresAt: number; prolongedTo: number | null };
const optionsOf = async (sandbox: SandboxControl, lot: string): Promise<KobanOption[]> =>
  (await sandbox.lot('valmont', lot)).options as KobanOption[];

test.describe('an option', () => {
  test.beforeEach(({ sandbox }) => kobanPast(sandbox, 10));
  test.afterEach(({ sandbox }) => sandbox.clock({ reset: true }));

  test('is prolonged once, until an end that the promoter allows @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    const row = rowOf(page, lot);
    await expect(row).toContainText(/1\soption sur 3 pour ce prospect/);
    await button(row, 'Prolonger').click();
    await expect(dialog(page)).toContainText('Une option ne se prolonge qu’une fois');
    const until = dialog(page).getByRole('combobox', { name: 'Nouvelle échéance' });
    const chosen = Date.parse(await until.inputValue());
    const [before] = await optionsOf(sandbox, lot);
    expect(chosen % HALF_HOUR_MS).toBe(0);
    expect(chosen).toBeGreaterThan(before?.expiresAt ?? Number.POSITIVE_INFINITY);
    await button(dialog(page), 'Confirmer la prolongation').click();
    await expect(dialog(page).getByText('Option prolongée')).toBeVisible({ timeout: 20_000 });
    for (const step of ['Vérification auprès de Koban', 'Prolongation dans Koban'])
      await expect(dialog(page).getByRole('listitem').filter({ hasText: step })).toHaveAttribute(
        'data-state',
        'done',
      );
    await button(dialog(page), 'Fermer').first().click();
    await expect(row).toContainText('prolongée');
    await expect(button(row, 'Prolonger')).toHaveCount(0);
    await expect(button(row, 'Annuler l’option')).toBeVisible();
    expect((await optionsOf(sandbox, lot))[0]?.prolongedTo).toBe(chosen);
    expect(await sandbox.asked(lot, 'ncOption/Prolong')).toHaveLength(1);
  });

  test('is cancelled with a reason, from its lot’s page, and frees the lot @phone', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    await openLot(page, lot);
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await button(dialog(page), 'Confirmer l’annulation').click();
    await expect(dialog(page).getByRole('textbox', { name: 'Motif' })).toBeFocused();
    await expect(dialog(page).getByText('À renseigner.')).toBeVisible();
    await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Financement refusé');
    await button(dialog(page), 'Confirmer l’annulation').click();
    await expect(dialog(page).getByText('Option annulée')).toBeVisible({ timeout: 20_000 });
    await button(dialog(page), 'Fermer').first().click();
    await expect(rowOf(page, lot)).toContainText('Annulée');
    await expect(rowOf(page, lot)).toContainText('Motif de l’annulation : Financement refusé');
    await expect(page.getByText('Ce lot est libre')).toBeVisible({ timeout: 20_000 });
    expect(await optionsOf(sandbox, lot)).toEqual([]);
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toHaveLength(1);
  });

  test('that moves up under the open dialog is cancelled at the rank that was seen, and no other', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await sandbox.newLot('valmont', 'TDC');
    await sandbox.act('valmont', 'place-option', { lot });
    const prospect = await denounced(page);
    await openLot(page, lot);
    await placeOption(page, prospect, 2);
    await page.goto(new URL('/options', page.url()).href);
    await expect(rowOf(page, lot)).toContainText('Rang 2');
    await awake(page);
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Financement refusé');
    await expect(button(dialog(page), 'Confirmer l’annulation')).toBeVisible();
    await sandbox.act('valmont', 'cancel-option', { lot, rank: 1 });
    await expect(dialog(page)).toContainText('Cette option est maintenant au rang 1', { timeout: 20_000 });
    await expect(button(dialog(page), 'Confirmer l’annulation')).toHaveCount(0);
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toHaveLength(0);
    // What was typed is still there.
    await button(dialog(page), 'Confirmer l’annulation au rang 1').click();
    await expect(dialog(page).getByText('Option annulée')).toBeVisible({ timeout: 20_000 });
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toHaveLength(1);
    expect(await optionsOf(sandbox, lot)).toEqual([]);
  });

  test('is not touched within two minutes of a half hour, and it is said from when it may be', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    await button(rowOf(page, lot), 'Prolonger').click();
    await kobanPast(sandbox, -1);
    await button(dialog(page), 'Confirmer la prolongation').click();
    await expect(dialog(page).getByText('Rien n’a été envoyé')).toBeVisible();
    await expect(dialog(page).getByText(/Réessayez à \d\d:[03]2\./)).toBeVisible();
    expect(await sandbox.asked(lot, 'ncOption/Prolong')).toEqual([]);
    await kobanPast(sandbox, 10);
    await button(dialog(page), 'Réessayer').click();
    await button(dialog(page), 'Confirmer la prolongation').click();
    await expect(dialog(page).getByText('Option prolongée')).toBeVisible({ timeout: 20_000 });
  });

  test('that the salesman cancels meanwhile has nothing left to confirm, and the open window says so', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await expect(button(dialog(page), 'Confirmer l’annulation')).toBeVisible();
    await sandbox.act('valmont', 'cancel-option', { lot, rank: 1 });
    await expect(dialog(page).getByText('Cette option n’est plus en cours')).toBeVisible();
    await expect(dialog(page).getByRole('button', { name: /^Confirmer/ })).toHaveCount(0);
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toEqual([]);
  });

  test('that the salesman gave to another is left alone: nothing proves it ours', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Le prospect renonce');
    // Koban's own calls of both are lost: the portal still believes the option to be there.
    await sandbox.webhookFault({ mode: 'lost', account: 'valmont', remaining: 2 });
    await sandbox.act('valmont', 'cancel-option', { lot, rank: 1 });
    await sandbox.act('valmont', 'place-option', { lot, at: Date.now() + 2 * 3_600_000 });
    await button(dialog(page), 'Confirmer l’annulation').click();
    await expect(dialog(page).getByText(/ne prouve pas que l’option soit encore la vôtre/)).toBeVisible();
    expect(await optionsOf(sandbox, lot)).toHaveLength(1);
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toEqual([]);
    // What was typed is still there for another try.
    await button(dialog(page), 'Réessayer').click();
    await expect(dialog(page).getByRole('textbox', { name: 'Motif' })).toHaveValue('Le prospect renonce');
  });

  test('that Koban already prolonged is refused in its own words', async ({ page, sandbox, enter }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    const body = { success: false, errorcode: '02', message: 'La prolongation a déjà été effectuée' };
    await sandbox.fault({ method: 'ncOption/Prolong', mode: 'business', body, match: lot });
    await button(rowOf(page, lot), 'Prolonger').click();
    await button(dialog(page), 'Confirmer la prolongation').click();
    await expect(dialog(page).getByText('Prolongation refusée, l’échéance est inchangée')).toBeVisible();
    await expect(dialog(page).getByText(/La prolongation a déjà été effectuée/)).toBeVisible();
  });

  test('whose cancellation has no answer is shown as unknown, then as ended by nobody knows whom', async ({
    page,
    sandbox,
    enter,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    // A call of Koban's would prove it: here none comes.
    await sandbox.policy('valmont', { webhooksForApiActs: false });
    await sandbox.fault({ method: 'ncOption/Undo', mode: 'reset-after', match: lot });
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Le prospect renonce');
    await button(dialog(page), 'Confirmer l’annulation').click();
    await expect(dialog(page).getByText('Résultat inconnu', { exact: true }).first()).toBeVisible();
    await expect(dialog(page).getByText('Option annulée')).toHaveCount(0);
    await button(dialog(page), 'Fermer').first().click();
    const row = rowOf(page, lot);
    // Unknown, or gone by nobody knows whose doing, where a review of the lots came by in between: no more than that is said.
    await expect(row).toContainText(/Annulation, résultat inconnu|rien ne prouve de quel fait/);
    await expect(button(row, 'Annuler l’option')).toHaveCount(0);
    // Read again half a minute after it was sent; the page draws itself anew.
    await expect(row).toContainText('rien ne prouve de quel fait elle a pris fin', { timeout: 90_000 });
    expect(await sandbox.asked(lot, 'ncOption/Undo')).toHaveLength(1);
    await sandbox.policy('valmont', { webhooksForApiActs: true });
  });

  test('of rank 2 moves up as soon as rank 1 is cancelled', async ({
    page,
    browser,
    sandbox,
    enter,
    portal,
  }) => {
    await enter(page, adviser);
    const lot = await withOption(page, sandbox);
    const second = await (await browser.newContext()).newPage();
    await enter(second, rivals.first.email);
    const theirs = await denounced(second);
    await openLot(second, lot);
    await askOption(second, theirs);
    await confirmation(second, 2).click();
    await expect(dialog(second).getByText('Option de rang 2 posée')).toBeVisible({ timeout: 20_000 });
    await button(rowOf(page, lot), 'Annuler l’option').click();
    await dialog(page).getByRole('textbox', { name: 'Motif' }).fill('Le prospect renonce');
    await button(dialog(page), 'Confirmer l’annulation').click();
    await expect(dialog(page).getByText('Option annulée')).toBeVisible({ timeout: 20_000 });
    await expect(async () => {
      await second.goto(`${portal.url}/options`);
      await expect(rowOf(second, lot)).toContainText('Rang 1', { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    expect((await optionsOf(sandbox, lot)).map(({ rank }) => rank)).toEqual([1]);
    await second.context().close();
  });
});

test('an option ends when Koban ends it: « au plus tard », then « attendue », then « expirée »', async ({
  page,
  ownPortal,
  signIn,
}) => {
  const { sandbox } = ownPortal;
  await kobanPast(sandbox, 10);
  await signIn(page, adviser, ownPortal);
  const lot = await withOption(page, sandbox);
  const [option] = await optionsOf(sandbox, lot);
  const boundary = Math.ceil((option?.expiresAt ?? 0) / HALF_HOUR_MS) * HALF_HOUR_MS;
  const row = rowOf(page, lot);
  // The browser's own clock shows how time passes before the person who looks at it.
  await page.clock.setFixedTime(boundary - 12 * MINUTE_MS);
  await expect(row).toContainText(/12\smin · expire au plus tard à \d\d:[03]0/);
  await page.clock.setFixedTime(boundary + MINUTE_MS);
  await expect(row).toContainText('expiration attendue');
  await expect(row).not.toContainText('Expirée');
  // A moment before the half hour in Koban, nothing has ended; at it, the portal asks and is told.
  await kobanAt(sandbox, boundary - 60_000);
  await page.reload();
  await expect(row).toContainText('Rang 1');
  await kobanAt(sandbox, boundary);
  await expect(row).toContainText('Expirée', { timeout: 30_000 });
  expect(await optionsOf(sandbox, lot)).toEqual([]);
  const effects = await sandbox.effects({ kind: 'option-expired' });
  expect(effects.filter(({ data }) => data.lot === lot)).toHaveLength(1);
});

test('whose programme, then convention, is taken away is no longer offered for an act: the page says why @phone', async ({
  page,
  browser,
  ownPortal,
  signIn,
}) => {
  await kobanPast(ownPortal.sandbox, 10);
  await signIn(page, adviser, ownPortal);
  const lot = await withOption(page, ownPortal.sandbox);
  const row = rowOf(page, lot);
  await expect(button(row, 'Prolonger')).toBeVisible();
  const theirs = await (await browser.newContext({ baseURL: ownPortal.url })).newPage();
  await signIn(theirs, staff, ownPortal);
  await theirs.goto('/admin/partenaires');
  await theirs.getByRole('link', { name: 'Boréal Conseil' }).click();
  await theirs.getByRole('radio', { name: 'Une liste' }).check({ force: true });
  await theirs.getByRole('checkbox', { name: 'CLU' }).check();
  await button(theirs, 'Enregistrer la convention').click();
  await expect(row).toContainText(
    /n’ouvre plus ce programme\s: réserver, prolonger ou annuler cette option ne vous est plus ouvert/,
    { timeout: 15_000 },
  );
  for (const act of ['Prolonger', 'Annuler l’option']) await expect(button(row, act)).toHaveCount(0);
  await expect(row.getByRole('link', { name: 'Réserver', exact: true })).toHaveCount(0);

  await button(theirs, 'Suspendre la convention').click();
  await button(dialog(theirs), 'Suspendre la convention').click();
  await expect(theirs.locator('[data-standing="suspended"]')).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(
      page.getByText(/Votre convention avec .+ est suspendue\s: l’option que vous y avez en cours/),
    ).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(row).toHaveCount(0);
  await theirs.context().close();
});

test('with Koban’s clock 90 s off an option is placed by that clock, and the staff see how far it is', async ({
  page,
  browser,
  ownPortal,
  signIn,
}) => {
  const { sandbox } = ownPortal;
  await signIn(page, adviser, ownPortal);
  const theirs = await (await browser.newContext({ baseURL: ownPortal.url })).newPage();
  await signIn(theirs, staff, ownPortal);
  for (const [apart, side] of [
    [90_000, 'en avance'],
    [-90_000, 'en retard'],
  ] as const) {
    await kobanAt(sandbox, Date.now() + apart);
    await theirs.goto('/admin');
    await expect(theirs.getByText(new RegExp(`${side} de \\d+\\ss sur le portail`))).toBeVisible();
    const health = await (await theirs.request.get('/api/health')).json();
    expect(health.koban).toMatchObject([{ promoter: 'valmont', clock: { standing: 'adrift' } }]);
    const lot = await withOption(page, sandbox);
    expect((await optionsOf(sandbox, lot)).length).toBe(1);
  }
  await theirs.context().close();
});
