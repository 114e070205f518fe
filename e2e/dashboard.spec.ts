import type { Page } from '@playwright/test';
import { denounce, denounced, newProspect, openLot, placeOption } from './harness/journeys';
import { cast } from './harness/people';
import { expect, test } from './harness/test';

const card = (page: Page, name: string) => page.getByRole('region', { name });

test('a newcomer lands on a dashboard that says what to do next @phone', async ({ page, signIn }) => {
  await signIn(page, cast.newcomer.email);
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible();
  const today = card(page, 'À faire aujourd’hui');
  await expect(today.getByText('Rien ne vous attend aujourd’hui')).toBeVisible();
  await expect(today.getByRole('link', { name: 'Dénoncer un prospect' })).toBeVisible();
  await expect(card(page, 'Depuis votre dernière visite')).toContainText('Première visite');
  await expect(card(page, 'Avancement des prospects')).toContainText('Aucun prospect en cours');
  await expect(card(page, 'Alertes et lots suivis')).toContainText('Aucun lot suivi');
  await expect(card(page, 'Mes chiffres')).toContainText('Dénonciations');
  await today.getByRole('link', { name: 'Voir les programmes' }).click();
  await expect(page).toHaveURL(/\/programmes$/);
  const home = page.getByRole('navigation', { name: 'Navigation principale' }).getByRole('link', {
    name: /^(Tableau de bord|Accueil)$/,
  });
  await home.filter({ visible: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible();
});

test('what needs the person today, and how far each prospect has come', async ({ page, sandbox, enter }) => {
  const lot = await sandbox.newLot('valmont', 'TDC');
  await enter(page, cast.watchful.email);
  const before = newProspect('Ancelin');
  await sandbox.act('valmont', 'denounce', {
    programme: 'TDC',
    third: { Label: before.lastName, FirstName: before.firstName, EMail: before.email, Phone: before.phone },
  });
  await denounce(page, before);
  await expect(page.getByText('Ce prospect est déjà dénoncé sur ce programme.').first()).toBeVisible({
    timeout: 30_000,
  });
  const prospect = await denounced(page);
  await openLot(page, lot);
  await placeOption(page, prospect);
  await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', remaining: 1 });
  const doubtful = newProspect('Carlier');
  await denounce(page, doubtful);
  await expect(page.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({ timeout: 30_000 });

  await page.goto('/');
  const today = card(page, 'À faire aujourd’hui');
  const refused = today.getByRole('listitem').filter({ hasText: before.firstName });
  await expect(refused).toContainText('Dénonciation refusée');
  const unknown = today.getByRole('listitem').filter({ hasText: doubtful.firstName });
  await expect(unknown).toContainText('Nous vérifions, ne ressaisissez pas.');
  const progress = card(page, 'Avancement des prospects').locator('li[data-stage]');
  await expect(progress.filter({ hasText: prospect.firstName })).toHaveAttribute('data-stage', 'option');
  await expect(progress.filter({ hasText: before.firstName })).toHaveCount(0);
  await unknown.getByRole('link').click();
  await expect(page).toHaveURL(/\/denonciations\/[0-9a-f-]{36}$/);

  await page.goto(new URL(`/lots/valmont/${lot}`, page.url()).href);
  await page.getByRole('button', { name: 'Suivre ce lot' }).click();
  await expect(page.getByText('Vous suivez ce lot.')).toBeVisible();
  await page.goto('/');
  const label = lot.slice('TDC-'.length);
  const watched = card(page, 'Alertes et lots suivis');
  await expect(watched.locator('li').filter({ hasText: label })).toContainText('Option');
  await watched.getByRole('button', { name: `Ne plus suivre le lot ${label}` }).click();
  await expect(watched.getByRole('link', { name: `Lot ${label}` })).toHaveCount(0);
});
