import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { fr } from '@/lib/i18n/fr';
import type { LeadLine } from '@/lib/leads/schema';
import { LeadRow } from './lead-list';

vi.mock('@/lib/leads/actions', () => ({ searchLeads: () => {} }));
vi.mock('@/components/admin/lead-act', () => ({ LeadAct: () => null }));

const line: LeadLine = {
  ...{ id: 'l', contactType: 'Lead', lastName: 'Aubry', firstName: 'Maëlle', email: 'a@exemple.fr' },
  ...{ phone: '+33611111111', mobile: null, tags: null, comments: null, optin: null, fields: null },
  ...{ receivedAt: new Date('2026-11-24T09:10:00Z'), handledAt: null, handledBy: null },
};
const drawn = (change: Partial<LeadLine>) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={fr} timeZone="Europe/Paris">
      <LeadRow line={{ ...line, ...change }} />
    </NextIntlClientProvider>,
  );

it.each([
  ['true', '>A consenti à être contacté<'],
  ['0', '>N’a pas consenti à être contacté<'],
  [null, '>Koban ne dit rien de son consentement<'],
  ['par e-mail', '«\u00a0par e-mail\u00a0»'],
])('whoever rings a lead reads of its consent, told as %j: %s', (optin, sentence) => {
  expect(drawn({ optin })).toContain(sentence);
});

it('shows what else Koban told of a lead', () => {
  expect(drawn({ fields: 'Budget: 300 k€' })).toContain('Autres champs\u00a0: Budget: 300 k€');
  expect(drawn({})).not.toContain('Autres champs');
});
