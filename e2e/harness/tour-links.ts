import { type Browser, expect, type Page } from '@playwright/test';
import { linkMailedTo } from './journeys';
import { cast } from './people';
import { Stage } from './stage';
import { at, type Screen } from './tour';

/** A portal where nobody has an account yet, and whose Koban is away: its start prints the link to the first account. */
export async function openEmpty(): Promise<{ stage: Stage; link: string }> {
  const koban = { url: 'http://127.0.0.1:9/api/v1', apiKey: 'none', userKey: 'none' };
  const stage = await Stage.openElsewhere({ promoters: [{ slug: 'valmont', name: 'Valmont', koban }] }, {});
  const link = stage.said.join('\n').match(/http\S+\/premier-compte\/\S+/)?.[0];
  if (link) return { stage, link };
  await stage.close();
  throw new Error(`The start printed no link:\n${stage.said.join('\n')}`);
}

/** Links that still work, sent as people ask for them; `page` is the operator's, `empty` what `openEmpty` gave. */
export async function playLinks(browser: Browser, page: Page, empty: { link: string }): Promise<Screen[]> {
  await page.goto(new URL('/operateur/comptes', page.url()).href);
  const row = page.getByRole('listitem').filter({ hasText: cast.expected.email });
  await row.getByRole('button', { name: `Renvoyer l’invitation : ${cast.expected.name}` }).click();
  await expect(row.getByRole('button').first()).not.toHaveAttribute('aria-busy');
  const invitation = await linkMailedTo(
    page,
    cast.expected.email,
    'Votre accès au portail des partenaires',
    'Choisir mon mot de passe',
  );

  const outside = await browser.newPage({ locale: 'fr-FR' });
  await outside.goto(new URL('/mot-de-passe-oublie', page.url()).href);
  await outside.getByLabel('Adresse e-mail').fill(cast.newcomer.email);
  await outside.getByRole('button', { name: 'Recevoir un lien' }).click();
  await outside.getByText('un message vient de partir').waitFor();
  await outside.context().close();
  const reset = await linkMailedTo(
    page,
    cast.newcomer.email,
    'Votre nouveau mot de passe',
    'Choisir un nouveau mot de passe',
  );

  // A link that works no more has a page of its own, without a field.
  const form = (link: string) => async (page: Page) => {
    await at(link)(page);
    await expect(page.getByLabel('Nouveau mot de passe')).toBeVisible();
  };
  const tooShort = async (page: Page) => {
    await form(invitation)(page);
    await page.getByLabel('Nouveau mot de passe').fill('court');
    await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
    await page.getByText('Il faut au moins 12 caractères.').waitFor();
  };
  return [
    { name: 'invitation', as: null, open: form(invitation) },
    { name: 'invitation-erreurs', as: null, open: tooShort },
    { name: 'nouveau-mot-de-passe', as: null, open: form(reset) },
    // Of another portal: the last, for those before it are opened from where the page stands.
    { name: 'premier-compte', as: null, open: form(empty.link) },
  ];
}
