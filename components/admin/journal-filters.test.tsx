import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { journalFilterSchema } from '@/lib/admin/schema';
import { fr } from '@/lib/i18n/fr';
import { JournalFilters } from './journal-filters';

const page = renderToStaticMarkup(
  <NextIntlClientProvider locale="fr" messages={fr} timeZone="Europe/Paris">
    <JournalFilters
      filter={journalFilterSchema.parse({ action: 'option', actor: 'Delmas', subject: 'Lefèvre' })}
      actions={[]}
      total={2}
      onLook={() => {}}
    />
  </NextIntlClientProvider>,
);
const [sent = '', typed = ''] = page.split('</form>');

it('asks for the export by a form that is posted, with the words in it and in no address', () => {
  expect(sent).toMatch(/<form [^>]*action="\/api\/admin\/journal" method="post"/);
  expect(sent).toMatch(/name="actor" value="Delmas"/);
  expect(page).not.toMatch(/(href|action)="[^"]*(Delmas|Lefèvre)/);
});

it('puts no word in an address even when it is sent before the page listens', () => {
  expect(typed).toContain('value="Delmas"');
  expect([...typed.matchAll(/ name="(\w+)"/g)].map(([, name]) => name)).toEqual(['from', 'until', 'action']);
});
