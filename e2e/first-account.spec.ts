import { expect, test } from '@playwright/test';
import { signInAt } from './harness/journeys';
import { openEmpty } from './harness/tour-links';

const first = {
  name: 'Odile Renard',
  email: 'odile.renard@exploitation.exemple',
  password: 'un phare blanc sous la pluie',
};

test('a portal where nobody has an account is opened by the link that its start prints, once', async ({
  page,
}) => {
  const { stage, link } = await openEmpty();
  try {
    await page.goto(link);
    await expect(page.getByText('Vous créez le compte qui exploite ce portail')).toBeVisible();
    const create = page.getByRole('button', { name: 'Créer le compte' });
    await page.getByLabel('Prénom et nom').fill(first.name);
    await page.getByLabel('Adresse e-mail').fill(first.email);
    await page.getByLabel('Nouveau mot de passe').fill('court');
    await create.click();
    await expect(page.getByText('Il faut au moins 12 caractères.')).toBeVisible();
    await expect(page.getByLabel('Prénom et nom')).toHaveValue(first.name);
    await page.getByLabel('Nouveau mot de passe').fill(first.password);
    await create.click();
    await expect(page).toHaveURL(/\/connexion/);

    await signInAt(page, stage.url, first);
    await expect(page).toHaveURL(/\/operateur\//);
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Ce lien n’est plus valable' })).toBeVisible();
  } finally {
    await stage.close();
  }
});
