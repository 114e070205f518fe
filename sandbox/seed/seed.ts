import { Account } from '../core/account';
import { guidOf } from '../core/ids';
import type { Programme } from '../core/model';
import type { World } from '../core/world';
import { moreFields } from './fields';
import { addCabinets, addKnownProspects, giveLife } from './life';
import { makeLots } from './lots';
import { type Site, sites } from './sites';
import { stockSites } from './stock';

export type SeedName = 'demo' | 'empty' | `stock:${number}`;

const DAY = 86_400_000;

export const demoWebhooks: Record<string, { token: string; secret: string }> = {
  valmont: { token: guidOf('valmont', 'token').repeat(2), secret: guidOf('valmont', 'secret').repeat(2) },
  littoral: { token: guidOf('littoral', 'token').repeat(2), secret: guidOf('littoral', 'secret').repeat(2) },
};

/** The two promoters' Koban accounts. They differ in what no public text settles, so that a portal cannot lean on one of them. */
export function demoAccounts(
  keys: Record<string, { api: string; user: string }>,
  webhookOrigin: string | null,
): Account[] {
  const account = (slug: string, name: string, policy: ConstructorParameters<typeof Account>[3]): Account => {
    const made = new Account(
      slug,
      name,
      keys[slug] ?? { api: `sandbox-${slug}-api`, user: `sandbox-${slug}-user` },
      policy,
    );
    const webhook = demoWebhooks[slug];
    if (webhookOrigin !== null && webhook)
      made.webhook = {
        base: `${new URL(webhookOrigin).origin}/api/webhooks/koban/${webhook.token}/`,
        secret: webhook.secret,
        secretIn: 'header',
      };
    return made;
  };
  return [
    account('valmont', 'Groupe Valmont', {}),
    account('littoral', 'Rives & Littoral', {
      programmesAs: 'page',
      checkGivesThird: false,
      fullLot: 'minus-three',
      instants: 'unix',
      webhookInstants: 'seconds',
      errorsNull: true,
      missingThird: 'null',
    }),
  ];
}

/** Empties the accounts and sows them again. */
export function seedWorld(world: World, seed: SeedName, publicUrl: string): void {
  const now = world.clock.now();
  for (const account of world.accounts) account.clear();
  const [first] = world.accounts;
  if (seed.startsWith('stock:') && first) {
    addCabinets(first, now);
    let left = Number(seed.slice('stock:'.length));
    for (const site of stockSites(first.slug, left)) {
      first.programmes.set(site.code, programmeOf(site, publicUrl));
      const lots = makeLots(site, publicUrl, now - 180 * DAY).slice(0, left);
      left -= lots.length;
      giveLife(first, site, lots, now);
      for (const lot of lots) first.addLot(lot);
    }
    return;
  }
  for (const account of world.accounts) {
    addCabinets(account, now);
    for (const site of sites) {
      if (site.account !== account.slug) continue;
      account.programmes.set(site.code, programmeOf(site, publicUrl));
      if (seed === 'empty') continue;
      const lots = makeLots(site, publicUrl, now - 180 * DAY);
      giveLife(account, site, lots, now);
      for (const lot of lots) account.addLot(lot);
    }
    if (seed === 'demo') addKnownProspects(account, now);
  }
}

function programmeOf(site: Site, publicUrl: string): Programme {
  const { account, code, label, regroup, address, zip, city, latitude, longitude } = site;
  const { delivery, zone, honoraires, description, floors, stairs, style } = site;
  const file = (name: string): string => `${publicUrl}/files/${account}/programmes/${code}/${name}`;
  return {
    guid: guidOf(account, code),
    code,
    label,
    regroup,
    active: true,
    steps: [
      { Label: 'Libre', Extcode: 'LIBRE' },
      { Label: 'Option', Extcode: 'OPTION' },
      { Label: 'Préréservé', Extcode: 'PRERESV' },
      { Label: 'Réservé', Extcode: 'RESV' },
      { Label: 'Bloqué', Extcode: 'BLOQUE' },
      { Label: 'Réservé partenaires', Extcode: 'PARTENAIRE' },
    ],
    moreFields: moreFields(account, 'programme', {
      ...{ address, zip, city, latitude, longitude, delivery, zone, description, honoraires },
      image: file('facade.svg'),
      'document:plaquette': file('plaquette.pdf'),
      'document:plan-masse': file('plan-masse.pdf'),
      'document:notice': file('notice.pdf'),
    }),
    sheet: {
      ...{
        address,
        zip,
        city,
        latitude,
        longitude,
        delivery,
        zone,
        honoraires,
        description,
        floors,
        stairs,
        style,
      },
      perFloor: site.landing.length,
    },
  };
}
