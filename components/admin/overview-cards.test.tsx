import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { Overview } from '@/lib/admin/schema';
import { fr } from '@/lib/i18n/fr';
import { OverviewCards } from './overview-cards';

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => {} }) }));
vi.mock('@/components/denonciations/refresh-on-act', () => ({ RefreshOnAct: () => null }));

const at = new Date('2026-11-24T09:10:00Z');
const health: Overview['health'] = {
  ...{ phase: 'waiting', seenAt: at, lastFault: null, keysRefused: false, missingHosts: [], late: false },
  ...{ breaker: 'closed', clock: 'exact', clockSkewMs: 0, lastAnswerAt: at, lastWebhookAt: null },
};
const overview: Overview = {
  firstPull: null,
  stock: { libre: 0, option: 0, preresv: 0, resv: 0, bloque: 0, acte: 0, other: 0 },
  lots: 0,
  acts: {
    denonciations: { pending: 0, uncertain: 0, accepted: 0 },
    options: { placed: 0, pending: 0, uncertain: 0 },
    reservations: { open: 0, preresv: 0, uncertain: 0 },
  },
  waiting: { uncertain: 0, uncertainLate: 0, invited: 0, ending: [], cgp: 0, quarantined: 0, leads: 0 },
  health,
};
const drawn = (change: Partial<Overview['health']>, firstPull: Overview['firstPull'] = null) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={fr} timeZone="Europe/Paris">
      <OverviewCards overview={{ ...overview, firstPull, health: { ...health, ...change } }} />
    </NextIntlClientProvider>,
  );

it('shows no figure of a stock that was never read whole', () => {
  const progress = { phase: 'full', done: 3, total: 9, complete: false, lastFault: null } as const;
  const page = drawn({ seenAt: null, late: true }, { promoterName: 'Valmont', progress });
  expect(page).not.toMatch(/Aucun lot|Libres/);
  expect(page).toContain('Le stock n’a pas encore été lu en entier.');
  expect(drawn({})).toMatch(/Aucun lot.*Libres/);
});

it('after a reading that failed, claims nothing is up to date and says in words what went wrong', () => {
  const page = drawn({ lastFault: 'unknown:unauthorised', late: true });
  expect(page).toContain('Koban refuse les clés du portail');
  expect(page).not.toMatch(/unauthorised|[Àà] jour/);
});

it('says of Koban’s answers what this server has heard, and that it has heard nothing', () => {
  expect(drawn({})).toContain('Dernière réponse de Koban à ce serveur');
  const deaf = drawn({ clock: 'unheard', clockSkewMs: null, lastAnswerAt: null });
  expect(deaf).toContain('Ce serveur n’a rien entendu de Koban depuis son démarrage');
  expect(deaf).not.toContain('Dernière réponse de Koban');
  expect(drawn({ breaker: 'open', lastAnswerAt: null })).toContain('Koban ne répond pas');
});
