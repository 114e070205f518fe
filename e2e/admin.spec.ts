import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import {
  askOption,
  confirmation,
  consent,
  denounce,
  denounced,
  dialog,
  newProspect,
  openForm,
  openLot,
  searchJournal,
  submit,
  typeIdentity,
} from './harness/journeys';
import { cast } from './harness/people';
import { expect, test } from './harness/test';

const staff = 'antoine.delmas@valmont.exemple';
const stranger = 'yann.kermarec@littoral.exemple';
const operator = 'exploitation@parvis.exemple';
const password = 'un phare blanc sous la pluie';

async function newPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  return context.newPage();
}

let made = 0;

/** Nine digits, the last of which is Luhn's: a SIREN that nobody has used. */
function newSiren(): string {
  made += 1;
  const eight = String(30_000_000 + Math.floor(Math.random() * 9_000_000) * 6 + made).slice(0, 8);
  const sum = [...eight].reverse().reduce((total, digit, place) => {
    const worth = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return `${eight}${(10 - (sum % 10)) % 10}`;
}

/** Opens a cabinet through the screens, granting these programmes; leads to its page. */
async function openCabinet(page: Page, name: string, programmes: string[]): Promise<void> {
  await page.goto('/admin/partenaires');
  await page.getByRole('link', { name: 'Ajouter un cabinet' }).click();
  await page.getByLabel('Raison sociale').fill(name);
  await page.getByLabel('SIREN').fill(newSiren());
  await page.getByRole('radio', { name: 'Une liste' }).check({ force: true });
  for (const programme of programmes) await page.getByRole('checkbox', { name: programme }).check();
  await page.getByRole('button', { name: 'Ouvrir la convention' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Invites somebody and follows the link that the operator's mailbox holds, to where they are signed in. */
async function inviteAndEnter(
  page: Page,
  { operatorPage, theirs }: { operatorPage: Page; theirs: Page },
  person: { name: string; email: string },
): Promise<void> {
  await page.getByLabel('Prénom et nom').fill(person.name);
  await page.getByLabel('Adresse e-mail').fill(person.email);
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await expect(page.getByText('Invitation envoyée.')).toBeVisible();
  const row = page.locator(`[data-person="${person.email}"]`);
  await expect(row.locator('[data-state="invited"]')).toBeVisible();

  await operatorPage.goto('/operateur/courrier');
  const message = operatorPage.getByRole('listitem').filter({ hasText: person.email });
  await message.first().getByRole('link').click();
  const button = operatorPage.frameLocator('iframe').getByRole('link', { name: 'Choisir mon mot de passe' });
  await theirs.goto((await button.getAttribute('href')) ?? '');
  await theirs.getByLabel('Nouveau mot de passe').fill(password);
  await theirs.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect(theirs).toHaveURL(/\/connexion/);
  await theirs.getByLabel('Adresse e-mail').fill(person.email);
  await theirs.getByLabel('Mot de passe').fill(password);
  await theirs.getByRole('button', { name: 'Se connecter' }).click();
  await expect(theirs).not.toHaveURL(/\/connexion/);
}

test('a cabinet is opened, a person invited, who sees what is granted; a right taken away is refused at the next act', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  test.setTimeout(360_000);
  await enter(page, staff);
  const name = `Cabinet Sémaphore ${Date.now()}`;
  await page.goto('/admin/partenaires/nouveau');
  await page.getByLabel('Raison sociale').fill(name);
  await page.getByLabel('SIREN').fill('812 345 677');
  await page.getByRole('button', { name: 'Ouvrir la convention' }).click();
  await expect(page.getByText('Ce n’est pas un SIREN')).toBeVisible();
  await expect(page.getByLabel('Raison sociale')).toHaveValue(name);

  await openCabinet(page, name, ['TDC']);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Fiche CGP enregistrée')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  const [cgp] = await sandbox.asked(name, 'ncThird/PostOne');
  expect(cgp?.body).toMatchObject({
    Status: { Code: 'CGP' },
    Extcode: expect.stringMatching(/^PARVIS-CGP-/),
  });

  const [operatorPage, theirs] = [await newPage(browser, portal.url), await newPage(browser, portal.url)];
  await enter(operatorPage, operator);
  const person = { name: 'Solène Marchand', email: `solene.${Date.now()}@semaphore.exemple` };
  await inviteAndEnter(page, { operatorPage, theirs }, person);
  await page.reload();
  const row = page.locator(`[data-person="${person.email}"]`);
  await expect(row.locator('[data-state="open"]')).toBeVisible();

  await theirs.goto('/programmes');
  await expect(theirs.getByRole('article')).toHaveCount(1);
  expect((await theirs.goto('/programmes/valmont/TDC'))?.status()).toBe(200);
  for (const path of ['/programmes/valmont/CLU', '/programmes/littoral/RMA', '/admin', '/admin/partenaires'])
    expect((await theirs.goto(path))?.status(), path).toBe(404);

  await denounced(theirs);
  const late = newProspect('Tardif');
  await openForm(theirs, 'promoteur=valmont&programme=TDC');
  await typeIdentity(theirs, late);
  await consent(theirs).check();
  // The page stands open; the staff take the right away.
  await page.getByRole('button', { name: 'Suspendre la convention' }).click();
  await dialog(page).getByRole('button', { name: 'Suspendre la convention' }).click();
  await expect(page.locator('[data-standing="suspended"]')).toBeVisible();
  // The stream takes it off the open page; whoever is quicker than the stream is refused.
  const taken = theirs.getByText('Aucune convention en cours');
  const refused = theirs.getByText('Votre convention n’ouvre pas ce programme aujourd’hui.');
  await expect(async () => {
    if (await submit(theirs).isVisible()) await submit(theirs).click({ timeout: 1_000 });
    await expect(taken.or(refused).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  expect(await sandbox.asked(late.email)).toEqual([]);
  await theirs.goto('/programmes');
  await expect(theirs.getByText('Aucune convention en cours')).toBeVisible();

  await page.getByRole('button', { name: 'Lever la suspension' }).click();
  await expect(page.locator('[data-standing="valid"]')).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole('article')).toHaveCount(1);
  await page.getByRole('button', { name: `Fermer l’accès : ${person.name}` }).click();
  await expect(row.locator('[data-state="closed"]')).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByText('Aucune convention en cours')).toBeVisible();
  await Promise.all([theirs.context().close(), operatorPage.context().close()]);
});

test('an uncertain act is judged by a named person, and the partner reads it', async ({
  page,
  browser,
  portal,
  sandbox,
  enter,
}) => {
  test.setTimeout(360_000);
  const partner = await newPage(browser, portal.url);
  await enter(partner, cast.adviser.email);
  const doubtful = newProspect('Incertain');
  await sandbox.fault({ method: 'ncDenonc/Create', mode: 'drop-before', remaining: 1 });
  await denounce(partner, doubtful);
  await expect(partner.getByText('Résultat inconnu', { exact: true }).first()).toBeVisible({
    timeout: 30_000,
  });

  await enter(page, staff);
  await page.goto('/admin');
  await page
    .getByRole('main')
    .getByRole('link', { name: /sans résultat, en vérification/ })
    .click();
  const card = page.getByRole('region', { name: new RegExp(`Incertain ${doubtful.firstName}`) });
  await expect(card.getByText('Pose de la dénonciation')).toBeVisible();
  await expect(card.getByText('Sans réponse')).toBeVisible();
  await expect(card.getByText(/empreinte [0-9a-f]{12}/).first()).toBeVisible();
  // What was sent is open where the answer is missing, and folded where Koban answered.
  const posed = card.getByRole('listitem').filter({ hasText: 'Pose de la dénonciation' });
  for (const value of [doubtful.lastName, doubtful.firstName, doubtful.email, 'TDC'])
    await expect(posed.getByRole('definition').filter({ hasText: value }).first()).toBeVisible();
  const created = card.getByRole('listitem').filter({ hasText: 'Création du prospect' });
  await expect(created.getByText(doubtful.email)).toBeHidden();
  await created.getByText('Valeurs envoyées').click();
  await expect(created.getByText(doubtful.email)).toBeVisible();
  await expect(card.getByText(cast.adviser.name)).toBeVisible();
  await card.getByRole('button', { name: 'Effectué', exact: true }).click();
  await expect(card.getByText('Dites ce que vous avez vu, en quelques mots.')).toBeVisible();
  await card.getByLabel('Ce que vous avez vu dans Koban').fill('La dénonciation figure sur la fiche.');
  await card.getByRole('button', { name: 'Effectué', exact: true }).click();
  await expect(page.getByText('Décision enregistrée.')).toBeVisible();
  await expect(card).toBeHidden();
  await partner.reload();
  await expect(partner.getByText('Dénonciation acceptée')).toBeVisible();
  await expect(partner.getByText(/Confirmée par le promoteur le /)).toBeVisible();

  const prospect = await denounced(partner);
  const lot = await sandbox.newLot('valmont', 'TDC');
  await openLot(partner, lot);
  await askOption(partner, prospect);
  await sandbox.fault({ method: 'ncOption/Add', mode: 'drop-before', match: lot, remaining: 1 });
  await confirmation(partner, 1).click();
  await expect(dialog(partner).getByText('Résultat inconnu')).toBeVisible({ timeout: 30_000 });
  await page.goto('/admin/incertains');
  const second = page.getByRole('region', { name: new RegExp(`Pose d’option.*${prospect.firstName}`) });
  const added = second.getByRole('listitem').filter({ hasText: 'Pose de l’option' });
  await expect(added.getByRole('definition').filter({ hasText: lot })).toBeVisible();
  await expect(added.getByText('Date de l’option')).toBeVisible();
  // What was read back, and when: the first reading comes half a minute after the sending.
  const reading = second.getByRole('listitem').filter({ hasText: /^Relecture.*réponse lot libre/ });
  await expect(async () => {
    await page.reload();
    await expect(reading.locator('time').first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await second.getByLabel('Ce que vous avez vu dans Koban').fill('Le lot est libre.');
  await second.getByRole('button', { name: 'Non effectué' }).click();
  await expect(second).toBeHidden();
  await partner.goto(`/options?q=${encodeURIComponent(prospect.firstName)}`);
  await expect(partner.getByText('Non effectuée, selon le promoteur').first()).toBeVisible();
  await partner.context().close();
});

test('the journal is searched and exported', async ({ page, enter }) => {
  await enter(page, staff);
  const name = `Cabinet Balise ${Date.now()}`;
  await openCabinet(page, name, ['CLU']);
  await page.goto('/admin/journal');
  await page.getByLabel('Par qui').fill('Delmas');
  await page.getByLabel('Action').selectOption({ label: 'Convention ouverte' });
  await page.getByRole('button', { name: 'Chercher' }).click();
  await expect(page).toHaveURL(/action=convention\.opened/);
  // Who is looked for is nobody's to read in an address.
  await expect(page).not.toHaveURL(/Delmas/);
  const lines = page.locator('[data-action]');
  await expect(lines.filter({ hasText: name })).toHaveCount(1);
  await expect(page.locator('[data-action]:not([data-action="convention.opened"])')).toHaveCount(0);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter en CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('journal.csv');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain(name);
  expect(text).not.toContain('session.opened');

  await page.goto('/admin/journal');
  await searchJournal(page, 'personne-ne-porte-ce-nom');
  await expect(page.getByText('Aucune ligne ne correspond')).toBeVisible();
});

test('the staff of another promoter, partners and the operator find nothing there', async ({
  page,
  browser,
  portal,
  enter,
}) => {
  await enter(page, staff);
  await openCabinet(page, `Cabinet Écueil ${Date.now()}`, ['TDC']);
  const cabinet = new URL(page.url()).pathname;

  const theirs = await newPage(browser, portal.url);
  await enter(theirs, stranger);
  expect((await theirs.goto(cabinet))?.status()).toBe(404);
  await theirs.goto('/admin/partenaires');
  await expect(theirs.getByRole('link', { name: 'Ormeau Patrimoine' })).toBeVisible();
  await expect(theirs.getByText('Cabinet Écueil')).toBeHidden();
  // Valmont's own cabinet in the demo.
  await expect(theirs.getByText('Cabinet Lemoine')).toBeHidden();
  await theirs.context().close();

  const pages = ['/admin', cabinet, '/admin/incertains', '/admin/webhooks', '/admin/leads', '/admin/journal'];
  for (const who of [cast.manager.email, operator]) {
    const other = await newPage(browser, portal.url);
    await enter(other, who);
    for (const path of pages) expect((await other.goto(path))?.status(), `${who} at ${path}`).toBe(404);
    const asked = await other.request.post('/api/admin/journal', { form: {} });
    expect(await asked.json()).toEqual({ error: 'forbidden' });
    await other.context().close();
  }
});

test('the staff arrive at their home, and the webhooks’ secret is shown when asked for', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'nadia.ferrand@valmont.exemple');
  await expect(page).toHaveURL(/\/admin$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Accueil' })).toBeVisible();
  await expect(page.getByText('Le stock est à jour.')).toBeVisible();
  await page.goto('/admin/webhooks');
  const address = page.getByText(/\/api\/webhooks\/koban\/[\w-]{16,}\/option-check$/);
  await expect(address).toBeVisible();
  const secret = page.getByRole('code');
  await expect(secret).toBeHidden();
  await page.getByRole('button', { name: 'Afficher le secret' }).click();
  const before = await secret.textContent();
  await page.getByRole('button', { name: 'Changer le secret' }).click();
  await dialog(page).getByRole('button', { name: 'Changer le secret' }).click();
  await expect(page.getByText(/L’ancien secret reste accepté jusqu’au /)).toBeVisible();
  await expect(secret).not.toHaveText(before ?? '');
});
