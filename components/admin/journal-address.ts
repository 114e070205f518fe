import type { JournalFilter } from '@/lib/admin/schema';

/** The journal's filter as it stands in an address, without what is empty. */
export function journalQuery({ from, until, actor, action, subject }: JournalFilter): URLSearchParams {
  const given = { from, until, actor, action, subject };
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
