import type { Browser, Page } from '@playwright/test';
import { linkMailedTo } from './harness/journeys';
import { cast } from './harness/people';
import { expect, test } from './harness/test';

const operator = 'exploitation@parvis.exemple';
const partner = 'claire.lambert@ormeau.exemple';

async function typeIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** Waits until a session opens nothing any more: five seconds at most, and a little for a busy machine. */
async function expectEnded(page: Page) {
  const { origin } = new URL(page.url());
  await expect
    .poll(async () => (await page.request.get(`${origin}/api/stock?promoter=valmont`)).status(), {
      timeout: 8_000,
    })
    .toBe(401);
  await page.goto(`${origin}/compte`);
  await expect(page).toHaveURL(/\/connexion/);
}

const newPage = async (browser: Browser) => (await browser.newContext()).newPage();

test('a partner signs in, lands on the dashboard and signs out @phone', async ({ page, signIn }) => {
  await signIn(page, partner);
  await expect(page.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible();
  await page.getByRole('button', { name: 'Compte de Claire Lambert' }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/connexion$/);
  await page.goto('/programmes');
  await expect(page).toHaveURL(/\/connexion\?suite=%2Fprogrammes$/);
});

test('a wrong password is said in one sentence that tells nothing of the address, and keeps what was typed', async ({
  page,
}) => {
  await page.goto('/connexion');
  await typeIn(page, { email: cast.mistyping.email, password: 'pas-celui-là-2026' });
  const sentence = page
    .getByRole('alert')
    .filter({ hasText: 'L’adresse ou le mot de passe ne correspond pas.' });
  await expect(sentence).toBeVisible();
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue(cast.mistyping.email);

  await typeIn(page, { email: 'personne@nulle-part.exemple', password: 'pas-celui-là-2026' });
  await expect(sentence).toBeVisible();
  await expect(page).toHaveURL(/\/connexion$/);
});

test('tries that go on failing are slowed, and the sentence says until when', async ({ page }) => {
  await page.goto('/connexion');
  const slowed = page.getByText(/Trop d’essais depuis ce réseau\. Réessayez à \d\d:\d\d:\d\d\./);
  await expect(async () => {
    await typeIn(page, { email: 'forceur@boreal.exemple', password: 'essai-au-hasard' });
    await expect(page.getByRole('alert').first()).toBeVisible();
    await expect(slowed).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
});

test('an address and a password are asked for before anything is sent', async ({ page }) => {
  await page.goto('/connexion');
  await page.getByLabel('Adresse e-mail').fill('claire.lambert@');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText('Cette adresse e-mail n’est pas complète')).toBeVisible();
  await expect(page.getByText('Indiquez votre mot de passe.')).toBeVisible();
});

test('without its script the sign-in form signs in all the same', async ({ browser, portal }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${portal.url}/connexion?suite=%2Fcompte`);
  await typeIn(page, { email: cast.renamed.email, password: cast.renamed.password });
  await expect(page).toHaveURL(`${portal.url}/compte`);
  await context.close();
});

test('every page of a partner asks for a sign-in and comes back to itself, filters included', async ({
  page,
}) => {
  const asked = '/programmes?ville=Nantes&libres=true';
  for (const path of [
    '/',
    '/programmes/valmont/TDC',
    '/lots/valmont/TDC-L101',
    '/denonciations',
    '/denonciations/nouvelle',
    '/options',
    '/notifications',
    '/compte',
    '/operateur/courrier',
    '/operateur/comptes',
  ]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/connexion/);
  }
  await page.goto(asked);
  await expect(page).toHaveURL(/\/connexion\?suite=/);
  await typeIn(page, { email: partner, password: 'parvis-demo-2026' });
  await expect(page).toHaveURL(asked);
});

test('a page to go on to after sign-in is never another site', async ({ browser, portal }) => {
  for (const suite of ['//exemple.org', 'https://exemple.org/', '/\\exemple.org', '/..//exemple.org']) {
    const page = await newPage(browser);
    await page.goto(`${portal.url}/connexion?suite=${encodeURIComponent(suite)}`);
    await typeIn(page, { email: partner, password: 'parvis-demo-2026' });
    await expect(page).not.toHaveURL(/\/connexion/);
    expect(new URL(page.url()).origin, suite).toBe(portal.url);
    await page.context().close();
  }
});

test('an invitation sets a password, once', async ({ page, browser, portal, signIn }) => {
  await signIn(page, operator);
  await expect(page).toHaveURL(/\/operateur\/courrier$/);
  await expect(page.getByText('Aucun serveur de messagerie n’est configuré (SMTP_URL)')).toBeVisible();
  await page.getByRole('link', { name: 'Comptes' }).first().click();
  const row = page.getByRole('listitem').filter({ hasText: cast.invited.email });
  await expect(row.getByText('Invité, sans mot de passe')).toBeVisible();
  await row.getByRole('button', { name: `Renvoyer l’invitation : ${cast.invited.name}` }).click();
  await expect(row.getByRole('button').first()).not.toHaveAttribute('aria-busy');
  const link = await linkMailedTo(
    page,
    cast.invited.email,
    'Votre accès au portail des partenaires',
    'Choisir mon mot de passe',
  );

  const theirs = await newPage(browser);
  await theirs.goto(link);
  await expect(theirs.getByText(`Ce mot de passe ouvrira votre compte ${cast.invited.email}`)).toBeVisible();
  const field = theirs.getByLabel('Nouveau mot de passe');
  const save = theirs.getByRole('button', { name: 'Enregistrer le mot de passe' });
  await field.fill('court');
  await save.click();
  await expect(theirs.getByText('Il faut au moins 12 caractères.')).toBeVisible();
  await field.fill('motdepasse123');
  await save.click();
  await expect(
    theirs.getByText('Ce mot de passe figure parmi les premiers que l’on essaierait'),
  ).toBeVisible();
  await field.fill('un phare blanc sous la pluie');
  await save.click();
  await expect(theirs).toHaveURL(/\/connexion/);
  await expect(theirs.getByText('Votre mot de passe est enregistré : connectez-vous.')).toBeVisible();
  await typeIn(theirs, { email: cast.invited.email, password: 'un phare blanc sous la pluie' });
  await expect(theirs).toHaveURL(`${portal.url}/`);

  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { name: 'Ce lien n’est plus valable' })).toBeVisible();
  await theirs.context().close();
});

test('a forgotten password is set by mail; the link works once and ends the sessions', async ({
  page,
  browser,
  signIn,
}) => {
  const theirs = await newPage(browser);
  await signIn(theirs, cast.forgetful.email);
  const asking = await newPage(browser);
  await asking.goto(new URL('/connexion', theirs.url()).href);
  await asking.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
  await expect(asking.getByRole('heading', { name: 'Mot de passe oublié' })).toBeVisible();
  await asking.getByLabel('Adresse e-mail').fill(cast.forgetful.email);
  await asking.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(
    asking.getByText('Si un compte correspond à cette adresse, un message vient de partir.'),
  ).toBeVisible();

  await signIn(page, operator);
  const link = await linkMailedTo(
    page,
    cast.forgetful.email,
    'Votre nouveau mot de passe',
    'Choisir un nouveau mot de passe',
  );
  await asking.goto(link);
  await asking.getByLabel('Nouveau mot de passe').fill('sept mouettes sur le quai');
  await asking.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect(asking.getByText('Votre mot de passe est enregistré : connectez-vous.')).toBeVisible();
  await typeIn(asking, { email: cast.forgetful.email, password: cast.forgetful.password });
  await expect(asking.getByText('L’adresse ou le mot de passe ne correspond pas.')).toBeVisible();
  await typeIn(asking, { email: cast.forgetful.email, password: 'sept mouettes sur le quai' });
  await expect(asking).not.toHaveURL(/\/connexion/);

  await expectEnded(theirs);
  await asking.goto(link);
  await expect(asking.getByRole('heading', { name: 'Ce lien n’est plus valable' })).toBeVisible();
  await Promise.all([asking.context().close(), theirs.context().close()]);
});

test('an address that nobody has gets the same words, and no message leaves', async ({ page, signIn }) => {
  await page.goto('/mot-de-passe-oublie');
  await page.getByLabel('Adresse e-mail').fill('inconnu@nulle-part.exemple');
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(
    page.getByText('Si un compte correspond à cette adresse, un message vient de partir.'),
  ).toBeVisible();
  await signIn(page, operator);
  await page.goto('/operateur/courrier');
  await expect(page.getByText('Aucun serveur de messagerie n’est configuré (SMTP_URL)')).toBeVisible();
  await expect(page.getByText('inconnu@nulle-part.exemple')).toHaveCount(0);
});

test('changing one’s password ends the other sessions and keeps this one', async ({
  page,
  browser,
  signIn,
}) => {
  const elsewhere = await newPage(browser);
  await signIn(elsewhere, cast.careful.email);
  await signIn(page, cast.careful.email);
  await page.goto('/compte');
  await page.getByLabel('Mot de passe actuel').fill('ce-nest-pas-lui');
  await page.getByLabel('Nouveau mot de passe').fill('quatre barques au mouillage');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(page.getByText('Ce n’est pas votre mot de passe actuel.')).toBeVisible();
  await page.getByLabel('Mot de passe actuel').fill(cast.careful.password);
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(page.getByText('Mot de passe changé. Vos autres sessions sont fermées.')).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/compte$/);
  await expectEnded(elsewhere);
  await elsewhere.context().close();
});

test('a disabled account is out within five seconds, stock included, and back when it is enabled', async ({
  page,
  browser,
  signIn,
}) => {
  const theirs = await newPage(browser);
  await signIn(theirs, cast.leaving.email);
  await signIn(page, operator);
  await page.goto('/operateur/comptes');
  await page.getByRole('button', { name: `Désactiver : ${cast.leaving.name}` }).click();
  const row = page.getByRole('listitem').filter({ hasText: cast.leaving.email });
  await expect(row.getByText('Désactivé', { exact: true })).toBeVisible();
  await expectEnded(theirs);
  await typeIn(theirs, cast.leaving);
  await expect(theirs.getByText('L’adresse ou le mot de passe ne correspond pas.')).toBeVisible();
  await page.getByRole('button', { name: `Réactiver : ${cast.leaving.name}` }).click();
  await expect(row.getByText('Actif', { exact: true })).toBeVisible();
  await typeIn(theirs, cast.leaving);
  await expect(theirs).not.toHaveURL(/\/connexion/);
  await theirs.context().close();
});

test('a session ends when the role of its account changes', async ({ page, browser, signIn }) => {
  const theirs = await newPage(browser);
  await signIn(theirs, cast.promoted.email);
  const { origin } = new URL(theirs.url());
  await signIn(page, operator);
  await page.goto('/operateur/comptes');
  await page.getByRole('button', { name: `Nommer responsable : ${cast.promoted.name}` }).click();
  await expect(
    page.getByRole('listitem').filter({ hasText: cast.promoted.email }).getByText('Responsable de cabinet'),
  ).toBeVisible();
  await expectEnded(theirs);
  await typeIn(theirs, cast.promoted);
  await expect(theirs).not.toHaveURL(/\/connexion/);
  await theirs.goto(`${origin}/compte`);
  await expect(theirs.getByText('Responsable de cabinet').first()).toBeVisible();
  await theirs.context().close();
});

test('the cookie of a session that signed out opens nothing any more', async ({
  page,
  browser,
  portal,
  signIn,
}) => {
  await signIn(page, partner);
  const state = await page.context().storageState();
  await page.getByRole('button', { name: 'Compte de Claire Lambert' }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/connexion$/);
  const replay = await browser.newContext({ storageState: state });
  const answer = await replay.request.get(`${portal.url}/api/stock?promoter=valmont`);
  expect(answer.status()).toBe(401);
  await replay.close();
});

test('a partner without a convention reads why there is nothing @phone', async ({ page, signIn }) => {
  await signIn(page, 'jeanne.morin@atlantique.exemple');
  await page.goto('/programmes');
  await expect(page.getByText('Aucune convention en cours')).toBeVisible();
  await expect(
    page.getByText('Atlantique Conseil n’a pour l’instant de convention en vigueur'),
  ).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Voir mon compte' }).click();
  await expect(page).toHaveURL(/\/compte$/);
});

test('what another cabinet sees does not exist: the same page as what was never there', async ({
  page,
  signIn,
}) => {
  // Lemoine has TDC, CLU, ADM and JDC of Valmont, and nothing of Rives & Littoral.
  await signIn(page, 'sarah.nguyen@lemoine.exemple');
  const words = async (path: string) => {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    return page.getByRole('main').textContent();
  };
  const never = await words('/lots/valmont/NEVER-L000');
  for (const path of [
    '/lots/valmont/ASM-L101',
    '/lots/littoral/RMA-L101',
    '/lots/nobody/RMA-L101',
    '/programmes/valmont/ASM',
    '/programmes/littoral/LVB',
    '/programmes/valmont/NEVER',
    '/denonciations/00000000-0000-4000-8000-000000000000',
    '/denonciations/not-an-id',
    '/operateur/courrier',
    '/operateur/comptes',
  ]) {
    expect(await words(path), path).toBe(never);
  }
  expect((await page.request.get('/api/stock?promoter=littoral')).status()).toBe(404);
});

test('a name is changed on the account page and shows at once', async ({ page, signIn }) => {
  await signIn(page, cast.renamed.email);
  await page.goto('/compte');
  await page.getByLabel('Prénom et nom').fill('Léa Simon-Duval');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Enregistré.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compte de Léa Simon-Duval' })).toBeVisible();
});
