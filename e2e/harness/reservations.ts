import { expect, type Page } from '@playwright/test';
import { denounced, openLot, type Prospect } from './journeys';

/** The day so many days from now, as a date field takes it. */
export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The form « Préréserver » with a deposit that the law allows: 5 % of 352 500 €, the deed in ten months. */
export async function fillPreresv(page: Page): Promise<void> {
  await page.getByLabel('Prix de vente').fill('352 500');
  await page.getByLabel('Date prévue de l’acte').fill(dayIn(300));
  await page.getByLabel('Dépôt de garantie').fill('17 625');
}

export const preresv = (page: Page) => page.getByRole('button', { name: 'Préréserver', exact: true });

/** Chooses who buys, among the denounced prospects. */
export async function chooseBuyer(page: Page, { lastName, firstName }: Prospect): Promise<void> {
  const name = `${lastName} ${firstName}`;
  await page.getByRole('combobox', { name: 'Acquéreur' }).fill(name);
  await page.getByRole('option', { name }).click();
}

/** From a denounced prospect to the page of the reservation, whatever Koban answers. */
export async function reserve(
  page: Page,
  lot: string,
  prospect: Prospect,
  account = 'valmont',
): Promise<void> {
  await openLot(page, lot, account);
  await page.getByRole('link', { name: 'Réserver' }).click();
  await chooseBuyer(page, prospect);
  await fillPreresv(page);
  await preresv(page).click();
  await expect(page).toHaveURL(/\/reservations\/[0-9a-f-]{36}$/, { timeout: 30_000 });
}

/** A lot pre-reserved for a prospect of its own. */
export async function reserved(page: Page, lot: string): Promise<Prospect> {
  const prospect = await denounced(page);
  await reserve(page, lot, prospect);
  await expect(page.getByText('Lot préréservé', { exact: true })).toBeVisible({ timeout: 20_000 });
  return prospect;
}

export const file = (page: Page) => page.getByRole('form', { name: 'Dossier de réservation' });
export const goOn = (page: Page) => file(page).getByRole('button', { name: 'Continuer' });

/** The first step, filled; names, e-mail and phone are there already. */
export async function fillBuyer(page: Page): Promise<void> {
  await file(page).getByText('Madame', { exact: true }).click();
  await page.getByLabel('Date de naissance', { exact: true }).fill('1984-02-29');
  await page.getByLabel('Adresse', { exact: true }).fill('12 quai des Brumes');
  await page.getByLabel('Code postal', { exact: true }).fill('44000');
  await page.getByLabel('Ville', { exact: true }).fill('Nantes');
}

export const step = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Étapes du dossier' })
    .getByRole('button', { name: new RegExp(`^${name}`) });
