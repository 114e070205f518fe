import type { JournalFilter } from '@/lib/admin/schema';

/** The journal's address for its days, its action and a page; never for its words, which name people. */
export function journalAddress({ from, until, action }: JournalFilter, page = 1): string {
  const given = { from, until, action, page: page > 1 ? String(page) : null };
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return query.size > 0 ? `/admin/journal?${query}` : '/admin/journal';
}
