import { expect, type Locator, type Page } from '@playwright/test';

export type Prospect = { lastName: string; firstName: string; email: string; phone: string };

let made = 0;

/** Signs a person in through the screen, and waits until the portal lets them in. */
export async function signInAt(
  page: Page,
  url: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/connexion`);
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page).not.toHaveURL(/\/connexion/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Somebody whom no Koban and no cabinet knows yet. */
export function newProspect(lastName = 'Delorme'): Prospect {
  made += 1;
  const number = String(Math.floor(Math.random() * 9_000) * 1_000 + made).padStart(8, '0');
  return {
    lastName,
    firstName: `Agathe ${'abcdefghij'[made % 10]}${number}`,
    email: `agathe.${number}@exemple.fr`,
    phone: `07${number}`,
  };
}

/** What is pressed or typed before the page's script has taken it over is lost: waits until it has. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector('main');
    return main !== null && Object.keys(main).some((key) => key.startsWith('__reactFiber$'));
  });
}

/** Opens the form on a clean sheet: what an earlier test left in the person's draft is put away. */
export async function openForm(page: Page, query = 'promoteur=valmont&programme=TDC'): Promise<void> {
  await page.goto(new URL(`/denonciations/nouvelle?${query}`, page.url()).href);
  await expect(page.getByRole('button', { name: 'Vérifier et dénoncer' })).toBeVisible();
  await awake(page);
  const restart = page.getByRole('button', { name: 'Recommencer' });
  await expect(async () => {
    if (await restart.isVisible()) await restart.click({ timeout: 500 });
    await expect(restart).toBeHidden({ timeout: 500 });
  }).toPass();
}

export async function typeIdentity(page: Page, prospect: Prospect): Promise<void> {
  await page.getByLabel('Nom', { exact: true }).fill(prospect.lastName);
  await page.getByLabel('Prénom').fill(prospect.firstName);
  await page.getByLabel('E-mail').fill(prospect.email);
  await page.getByLabel('Téléphone').fill(prospect.phone);
}

export async function chooseProgramme(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Programme' }).fill(label);
  await page.getByRole('option', { name: label }).click();
  await expect(page.getByRole('button', { name: `Retirer ${label}` })).toBeVisible();
}

export const consent = (page: Page) =>
  page.getByRole('checkbox', { name: /^Le prospect sait que ses coordonnées sont transmises/ });
export const submit = (page: Page) => page.getByRole('button', { name: 'Vérifier et dénoncer' });

/** From a form that is open to the page that follows the act. */
export async function send(page: Page): Promise<void> {
  await consent(page).check();
  await submit(page).click();
  await expect(page).toHaveURL(/\/denonciations\/(suivi\?|[0-9a-f-]{36})/);
}

/** Denounces a prospect on the programme that the form was opened for; leads to the page of the act. */
export async function denounce(page: Page, prospect: Prospect, query?: string): Promise<void> {
  await openForm(page, query);
  await typeIdentity(page, prospect);
  await send(page);
}

/** One step of a dénonciation: « Vérification », « Création du prospect », « Pose de la dénonciation ». */
export const step = (within: Page | Locator, title: string) =>
  within.getByRole('listitem').filter({ hasText: new RegExp(`^${title}`) });

export async function expectAccepted(page: Page | Locator): Promise<void> {
  await expect(page.getByText('Dénonciation acceptée')).toBeVisible({ timeout: 30_000 });
}

/** Denounces a prospect and waits until Koban has accepted. */
export async function denounced(page: Page, query?: string): Promise<Prospect> {
  const prospect = newProspect();
  await denounce(page, prospect, query);
  await expectAccepted(page);
  return prospect;
}

/** Types words in the search of the list that is open, and waits for their answer. Too early, the page does not listen yet. */
export async function searchList(page: Page, words: string): Promise<void> {
  const field = page.getByRole('main').getByRole('searchbox');
  await expect(async () => {
    const answer = page.waitForResponse(
      (response) => response.request().postData()?.includes(words) ?? false,
      { timeout: 5_000 },
    );
    await Promise.all([answer, field.fill('').then(() => field.fill(words))]);
  }).toPass({ timeout: 20_000 });
}

/** Looks for these words in the journal, which is open, and waits for their answer. Too early, the page does not listen yet. */
export async function searchJournal(page: Page, subject: string): Promise<void> {
  await expect(async () => {
    const answer = page.waitForResponse(
      (response) => response.request().postData()?.includes(subject) ?? false,
      { timeout: 5_000 },
    );
    await page.getByLabel('Sur quoi').fill(subject);
    await Promise.all([answer, page.getByRole('button', { name: 'Chercher' }).click()]);
  }).toPass({ timeout: 20_000 });
}

/** A lot's page, once the mirror knows the lot. */
export async function openLot(page: Page, extcode: string, account = 'valmont'): Promise<void> {
  const address = new URL(`/lots/${account}/${encodeURIComponent(extcode)}`, page.url()).href;
  await expect(async () => expect((await page.goto(address))?.status()).toBe(200)).toPass({
    timeout: 30_000,
  });
  await awake(page);
}

export const dialog = (page: Page) => page.getByRole('dialog');
export const confirmation = (page: Page, rank: 1 | 2) =>
  dialog(page).getByRole('button', { name: `Confirmer l’option de rang ${rank}` });

/** Opens « Poser une option » on the lot shown and chooses the prospect. */
export async function askOption(page: Page, { lastName, firstName }: Prospect): Promise<void> {
  await page.getByRole('button', { name: 'Poser une option' }).click();
  await choose(page, `${lastName} ${firstName}`);
}

export async function choose(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: 'Prospect' }).fill(name);
  await page.getByRole('option', { name }).click();
}

/** From the lot's page to the dialog's good news. */
export async function placeOption(page: Page, prospect: Prospect, rank: 1 | 2 = 1): Promise<void> {
  await askOption(page, prospect);
  await confirmation(page, rank).click();
  await expect(dialog(page).getByText(`Option de rang ${rank} posée`)).toBeVisible({ timeout: 20_000 });
}

/** The link of the newest message to this person, as the operator finds it in the mailbox page. */
export async function linkMailedTo(
  operatorPage: Page,
  recipient: string,
  subject: string,
  action: string,
): Promise<string> {
  const row = operatorPage.getByRole('listitem').filter({ hasText: recipient });
  await expect(async () => {
    await operatorPage.goto(new URL('/operateur/courrier', operatorPage.url()).href);
    await expect(row.first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await row
    .first()
    .getByRole('link', { name: `Ouvrir « ${subject} »` })
    .click();
  const link = operatorPage.frameLocator('iframe').getByRole('link', { name: action });
  const href = await link.getAttribute('href');
  if (!href) throw new Error('The message has no link');
  return href;
}
