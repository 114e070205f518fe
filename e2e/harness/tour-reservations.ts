import { expect, type Page } from '@playwright/test';
import { dialog } from './journeys';
import {
  chooseBuyer,
  file,
  fillBuyer,
  fillPreresv,
  goOn,
  preresv,
  reserve,
  reserved,
  step,
} from './reservations';
import type { Stage } from './stage';
import { at, type Screen, unfound } from './tour';

/** Reservations in every state, made through the screens by the person who is signed in; then the screens that show them. */
export async function playReservations(page: Page, { sandbox }: Stage, as: string): Promise<Screen[]> {
  const lots: string[] = [];
  for (let count = 0; count < 4; count += 1) lots.push(await sandbox.newLot('valmont', 'TDC'));
  const [held = '', doubtful = '', gone = '', free = ''] = lots;

  const prospect = await reserved(page, held);
  const { pathname } = new URL(page.url());
  await sandbox.fault({ method: 'ncPreresv/Add', mode: 'reset-after', match: doubtful });
  await reserve(page, doubtful, prospect);
  await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  const unknown = new URL(page.url()).pathname;

  await reserve(page, gone, prospect);
  await page.getByRole('button', { name: 'Désister' }).click();
  await dialog(page).getByLabel('Motif du désistement').fill('Prêt refusé par la banque');
  await dialog(page).getByRole('button', { name: 'Confirmer le désistement' }).click();
  await expect(page.getByText('Réservation désistée', { exact: true })).toBeVisible({ timeout: 30_000 });
  const withdrawn = new URL(page.url()).pathname;

  const offer = `/reservations/nouvelle?promoteur=valmont&lot=${free}`;
  const atStep = (name: string) => async (page: Page) => {
    await at(pathname)(page);
    await step(page, name).click();
    await expect(file(page).getByRole('heading', { name })).toBeVisible();
  };
  return [
    { name: 'reservations', as, open: at('/reservations') },
    { name: 'reservations-aucune', as, open: unfound('/reservations') },
    { name: 'reservation-incertaine', as, open: at(unknown) },
    { name: 'reservation-desistee', as, open: at(withdrawn) },
    {
      name: 'prereserver',
      as,
      open: async (page) => {
        await at(offer)(page);
        await chooseBuyer(page, prospect);
        await fillPreresv(page);
      },
    },
    {
      name: 'prereserver-erreurs',
      as,
      open: async (page) => {
        await at(offer)(page);
        await preresv(page).click();
        await expect(page.getByText('Choisissez l’acquéreur.')).toBeVisible();
      },
    },
    {
      name: 'dossier-erreurs',
      as,
      open: async (page) => {
        await atStep('Acquéreurs')(page);
        await page.getByRole('checkbox', { name: 'Il y a un second acquéreur' }).check();
        await goOn(page).click();
        await expect(page.getByText(/champs sont à corriger$/)).toBeVisible();
      },
    },
    {
      name: 'dossier-acquereurs',
      as,
      open: async (page) => {
        await atStep('Acquéreurs')(page);
        await fillBuyer(page);
      },
    },
    { name: 'dossier-prix', as, open: atStep('Bien et prix') },
    { name: 'dossier-financement', as, open: atStep('Financement') },
    { name: 'dossier-tva', as, open: atStep('TVA, notaire, annexes') },
    { name: 'dossier-origine', as, open: atStep('Origine') },
    { name: 'dossier-recapitulatif', as, open: atStep('Récapitulatif') },
    {
      name: 'desister',
      as,
      open: async (page) => {
        await at(pathname)(page);
        await page.getByRole('button', { name: 'Désister' }).click();
        await expect(dialog(page)).toBeVisible();
      },
    },
  ];
}
