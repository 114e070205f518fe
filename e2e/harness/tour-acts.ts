import { expect, type Page } from '@playwright/test';
import {
  askOption,
  choose,
  confirmation,
  consent,
  denounce,
  denounced,
  dialog,
  newProspect,
  openForm,
  openLot,
  type Prospect,
  placeOption,
  submit,
  typeIdentity,
} from './journeys';
import type { Stage } from './stage';
import { at, home, neighboured, type Screen, unfound } from './tour';

/** Acts in every state, made through the screens by the person who is signed in; then the screens that show them. */
export async function playActs(page: Page, { sandbox }: Stage, as: string): Promise<Screen[]> {
  const acts: Screen[] = [];
  const keep = (name: string, { pathname, search } = new URL(page.url())) =>
    acts.push({ name, as, open: at(pathname + search) });

  await denounce(page, { ...newProspect('Renaud'), email: 'paul.renaud@exemple.fr' });
  await expect(page.getByText('Dénonciation refusée')).toBeVisible({ timeout: 30_000 });
  keep('denonciation-refusee');

  const unsent = newProspect('Aubertin');
  await sandbox.fault({ method: 'ncDenonc/CheckDenonc', mode: 'garbage', match: unsent.email });
  await denounce(page, unsent);
  await expect(page.getByText('Dénonciation non envoyée', { exact: true })).toBeVisible({ timeout: 30_000 });
  keep('denonciation-non-envoyee');

  const doubted = newProspect('Carlier');
  await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', match: doubted.email });
  await denounce(page, doubted);
  await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  keep('denonciation-incertaine');

  await openForm(page, 'promoteur=valmont&programme=TDC');
  await typeIdentity(page, newProspect('Lacombe'));
  await page.getByRole('combobox', { name: 'Programme' }).fill('Cour');
  await page.getByRole('option', { name: 'Cour Lumière' }).click();
  await consent(page).check();
  await submit(page).click();
  await expect(page).toHaveURL(/\/denonciations\/suivi/);
  await expect(page.getByText('Dénonciation acceptée')).toHaveCount(2, { timeout: 30_000 });
  keep('denonciations-suivi');

  const prospect = await denounced(page);
  keep('denonciation-acceptee');

  const [free = '', doubtful = '', dreamt = ''] = await freeLots(sandbox, 'valmont', 'TDC');
  const [foreign = ''] = await freeLots(sandbox, 'littoral', 'RMA');
  await openLot(page, free);
  await placeOption(page, prospect);
  await openLot(page, doubtful);
  await askOption(page, prospect);
  // Not applied: where it is, Koban's own call proves it within a second.
  await sandbox.fault({ method: 'ncOption/Add', mode: 'drop-before', match: doubtful });
  await confirmation(page, 1).click();
  await expect(dialog(page).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });

  const change = (act: string) => async (page: Page) => {
    await at('/options')(page);
    await page.locator(`tr[data-lot="${free}"]`).getByRole('button', { name: act }).click();
    await expect(dialog(page).getByText(`${prospect.lastName} ${prospect.firstName}`)).toBeVisible();
  };
  return [
    ...acts,
    { name: 'tableau-de-bord', as, open: home },
    { name: 'notifications', as, open: at('/notifications') },
    {
      name: 'notifications-panneau',
      as,
      open: async (page) => {
        await at('/options')(page);
        await page.getByRole('button', { name: /^Notifications/ }).click();
        await expect(page.getByRole('link', { name: 'Tout voir' })).toBeVisible();
      },
    },
    { name: 'denonciations', as, open: at('/denonciations') },
    { name: 'denonciations-aucune', as, open: unfound('/denonciations') },
    { name: 'options', as, open: at('/options') },
    { name: 'options-aucune', as, open: unfound('/options') },
    { name: 'prolonger-une-option', as, open: change('Prolonger') },
    { name: 'annuler-une-option', as, open: change('Annuler l’option') },
    { name: 'lot-sous-option', as, open: neighboured(`/lots/valmont/${free}`) },
    { name: 'denoncer', as, open: (page) => filledForm(page, newProspect('Delorme')) },
    {
      name: 'denoncer-erreurs',
      as,
      open: async (page) => {
        await openForm(page, '');
        await page.getByLabel('Téléphone').fill('06 12');
        await submit(page).click();
        await expect(page.getByText(/champs sont à corriger$/)).toBeVisible();
      },
    },
    {
      name: 'poser-une-option',
      as,
      open: async (page) => {
        await openLot(page, dreamt);
        await page.getByRole('button', { name: 'Poser une option' }).click();
        await choose(page, `${prospect.lastName} ${prospect.firstName}`);
        await expect(confirmation(page, 1)).toBeVisible();
      },
    },
    {
      name: 'poser-une-option-sans-prospect',
      as,
      open: async (page) => {
        await openLot(page, foreign, 'littoral');
        await page.getByRole('button', { name: 'Poser une option' }).click();
        await expect(dialog(page).getByText('Aucun prospect dénoncé sur ce programme')).toBeVisible();
      },
    },
  ];
}

async function filledForm(page: Page, prospect: Prospect): Promise<void> {
  await openForm(page, 'promoteur=valmont&programme=TDC&lot=TDC-L105');
  await typeIdentity(page, prospect);
  await page.getByLabel('Budget').fill('420 000');
  await page.getByRole('button', { name: 'T3', exact: true }).click();
  await consent(page).check();
}

/** Dwellings of the demo that are for sale, as they are drawn: with a plan and a price. */
async function freeLots(sandbox: Stage['sandbox'], account: string, programme: string): Promise<string[]> {
  const lots = await sandbox.listed(account);
  return lots
    .filter(({ Process, Type, Status, Extcode }) => {
      const sold = typeof Status === 'string' ? Status !== 'Libre' : Status.Code !== 'LIBRE';
      return (
        Process.Code === programme && Type !== 'Secondary' && !sold && Extcode.startsWith(`${programme}-L`)
      );
    })
    .map(({ Extcode }) => Extcode)
    .sort();
}
