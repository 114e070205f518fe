import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ExpiringOption, Today } from '@/lib/dashboard/schema';
import { fr } from '@/lib/i18n/fr';
import { TodayCard } from './today-card';

const now = new Date('2026-11-24T09:10:00Z');
const none = { lines: [], total: 0 };
const option: ExpiringOption = {
  ...{ id: 'o', prospect: 'Ancelin Zoé', promoter: 'valmont', extcode: 'TDC-A101', lot: 'A101' },
  ...{ programme: 'Les Terrasses', rank: 1, placedAt: new Date('2026-11-21T09:00:00Z') },
  expiresAt: new Date('2026-11-24T09:30:00Z'),
  expiryFromKoban: true,
};
const drawn = (today: Partial<Today>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={fr} timeZone="Europe/Paris">
      <TodayCard today={{ expiring: none, uncertain: none, lost: none, moved: none, ...today }} now={now} />
    </NextIntlClientProvider>,
  );

it('an option in its last half hour ends « au plus tard » then', () => {
  expect(drawn({ expiring: { lines: [option], total: 1 } })).toContain('expire au plus tard à 10:30');
});

it('counts what it does not list, and leads to it', () => {
  const card = drawn({ expiring: { lines: [option], total: 12 }, lost: { lines: [], total: 1 } });
  expect(card).toContain('<b>13</b>');
  expect(card).toMatch(/<a [^>]*href="\/options\?state=live"[^>]*>et 11 autres options qui expirent</);
  expect(card).toMatch(/<a [^>]*href="\/denonciations"[^>]*>et 1 autre dénonciation refusée/);
});
