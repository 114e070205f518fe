import { expect, type Page } from '@playwright/test';
import { searchJournal, searchList } from './journeys';
import { cast } from './people';

/** A screen of the portal, in a state worth looking at. */
export type Screen = {
  name: string;
  /** Who looks at it; nobody before the door. */
  as: string | null;
  open: (page: Page) => Promise<void>;
};

const claire = 'claire.lambert@ormeau.exemple';
export const operator = 'exploitation@parvis.exemple';
const staff = 'antoine.delmas@valmont.exemple';

export const at = (path: string) => async (page: Page) => {
  await page.goto(new URL(path, page.url()).href);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
};

export const unfound = (list: string) => async (page: Page) => {
  await at(list)(page);
  await searchList(page, 'personne de ce nom');
  await expect(page.getByText('Rien ne répond à cette recherche')).toBeVisible();
};

/** Before the door. */
export const publicScreens: Screen[] = [
  { name: 'connexion', as: null, open: at('/connexion') },
  {
    name: 'connexion-erreurs',
    as: null,
    open: async (page) => {
      await at('/connexion')(page);
      await page.getByLabel('Adresse e-mail').fill('claire.lambert@');
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await expect(page.getByText('Indiquez votre mot de passe.')).toBeVisible();
    },
  },
  { name: 'mot-de-passe-oublie', as: null, open: at('/mot-de-passe-oublie') },
  { name: 'lien-mort', as: null, open: at(`/invitation/${'x'.repeat(40)}`) },
  { name: 'page-absente-dehors', as: null, open: at('/nulle-part') },
];

/** The stock, as the demo's partner sees it. */
export const stockScreens: Screen[] = [
  { name: 'programmes', as: claire, open: pictured('/programmes') },
  {
    name: 'programmes-aucun',
    as: claire,
    open: async (page) => {
      await at('/programmes?budget=1000')(page);
      await expect(page.getByText('Aucun programme ne répond à ces critères')).toBeVisible();
    },
  },
  { name: 'programme', as: claire, open: planned('/programmes/valmont/TDC') },
  { name: 'programme-trois-cents-lots', as: claire, open: planned('/programmes/valmont/ADM') },
  {
    name: 'programme-filtres',
    as: claire,
    open: async (page) => {
      await planned('/programmes/valmont/TDC?type=T3&dispo=true')(page);
      await page.getByRole('button', { name: 'Étage' }).first().click();
      await expect(page.getByRole('checkbox').first()).toBeVisible();
    },
  },
  {
    name: 'programme-documents',
    as: claire,
    open: async (page) => {
      await planned('/programmes/valmont/TDC')(page);
      await page.getByRole('button', { name: 'Documents' }).click();
      await expect(page.getByRole('link', { name: /nouvel onglet/ }).first()).toBeVisible();
    },
  },
  { name: 'lot', as: claire, open: neighboured('/lots/valmont/TDC-L105') },
  { name: 'lot-reserve', as: claire, open: neighboured('/lots/valmont/TDC-L002') },
  { name: 'tableau-de-bord-vide', as: cast.newcomer.email, open: home },
  { name: 'sans-convention', as: 'jeanne.morin@atlantique.exemple', open: at('/programmes') },
  { name: 'page-absente', as: claire, open: at('/lots/valmont/NEVER') },
  { name: 'compte', as: claire, open: at('/compte') },
  {
    name: 'menu-du-compte',
    as: claire,
    open: async (page) => {
      await at('/programmes')(page);
      await page.getByRole('button', { name: /^Compte de / }).click();
      await expect(page.getByRole('button', { name: 'Se déconnecter' })).toBeVisible();
    },
  },
];

/** The operator's. */
export const operatorScreens: Screen[] = [
  { name: 'operateur-comptes', as: operator, open: at('/operateur/comptes') },
  { name: 'operateur-stock', as: operator, open: at('/operateur/stock') },
  { name: 'operateur-courrier', as: operator, open: at('/operateur/courrier') },
  {
    name: 'operateur-message',
    as: operator,
    open: async (page) => {
      await at('/operateur/comptes')(page);
      await page.getByRole('button', { name: `Renvoyer l’invitation : ${cast.invited.name}` }).click();
      const first = page.getByRole('main').getByRole('link').first();
      await expect(async () => {
        await at('/operateur/courrier')(page);
        await first.click({ timeout: 1_000 });
      }).toPass();
      await expect(page.locator('iframe')).toBeVisible();
    },
  },
];

/** The promoter's staff's. */
export const adminScreens: Screen[] = [
  { name: 'admin', as: staff, open: at('/admin') },
  { name: 'admin-partenaires', as: staff, open: at('/admin/partenaires') },
  {
    name: 'admin-partenaires-nouveau',
    as: staff,
    open: async (page) => {
      await at('/admin/partenaires/nouveau')(page);
      await page.getByText('Une liste', { exact: true }).click();
      await page.getByRole('button', { name: 'Ouvrir la convention' }).click();
      await expect(page.getByText('Ce n’est pas un SIREN')).toBeVisible();
    },
  },
  {
    name: 'admin-cabinet',
    as: staff,
    open: async (page) => {
      await at('/admin/partenaires')(page);
      await page.getByRole('link', { name: 'Cabinet Lemoine & Associés' }).click();
      await expect(page.getByText('Bruno Lemoine')).toBeVisible();
    },
  },
  {
    name: 'admin-suspendre',
    as: staff,
    open: async (page) => {
      await at('/admin/partenaires')(page);
      await page.getByRole('link', { name: 'Cabinet Lemoine & Associés' }).click();
      await page.getByRole('button', { name: 'Suspendre la convention' }).click();
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Annuler' })).toBeVisible();
    },
  },
  { name: 'admin-incertains', as: staff, open: at('/admin/incertains') },
  { name: 'admin-webhooks', as: staff, open: at('/admin/webhooks') },
  { name: 'admin-leads', as: staff, open: at('/admin/leads') },
  { name: 'admin-journal', as: staff, open: at('/admin/journal') },
  {
    name: 'admin-journal-vide',
    as: staff,
    open: async (page) => {
      await at('/admin/journal')(page);
      await searchJournal(page, 'personne de ce nom');
      await expect(page.getByText('Aucune ligne ne correspond')).toBeVisible();
    },
  },
];

function pictured(path: string): Screen['open'] {
  return async (page) => {
    await at(path)(page);
    await expect(page.locator('article img').first()).toHaveJSProperty('complete', true);
  };
}

function planned(path: string): Screen['open'] {
  return async (page) => {
    await at(path)(page);
    await expect(page.getByRole('gridcell').or(page.locator('td[data-lot]')).first()).toBeVisible();
  };
}

export function neighboured(path: string): Screen['open'] {
  return async (page) => {
    await at(path)(page);
    await expect(page.getByText(/ sur \d+ lots du programme|Hors de votre sélection/)).toBeVisible();
  };
}

export async function home(page: Page): Promise<void> {
  await at('/')(page);
  await expect(page.getByRole('region', { name: 'Alertes et lots suivis' })).toBeVisible();
}
