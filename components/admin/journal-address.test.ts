import { expect, it } from 'vitest';
import { journalFilterSchema } from '@/lib/admin/schema';
import { journalAddress } from './journal-address';

it('holds days, an action and a page, and no word that names somebody', () => {
  const typed = { from: '2026-03-01', action: 'option', actor: 'Delmas', subject: 'Lefèvre', until: '' };
  expect(journalAddress(journalFilterSchema.parse(typed))).toBe(
    '/admin/journal?from=2026-03-01&action=option',
  );
  expect(journalAddress(journalFilterSchema.parse({}), 3)).toBe('/admin/journal?page=3');
  expect(journalAddress(journalFilterSchema.parse({ actor: 'Delmas' }))).toBe('/admin/journal');
});
