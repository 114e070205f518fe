import { sql } from 'drizzle-orm';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';

/**
 * A stamp of everything that `accountState` is read from, for many accounts in one query: where a stamp has not changed, nor
 * has what that person may do. Whole rows, so that a column added later counts too. An account that is gone has none.
 */
export async function stampAccounts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await asSystem((tx) =>
    rowsOf<{ id: string; stamp: string }>(
      tx,
      sql`select a.id, md5(concat_ws('|',
          (clock_timestamp() at time zone 'Europe/Paris')::date::text, a::text,
          (select string_agg(c::text, ',' order by c.id) from convention c where c.cabinet_id = a.cabinet_id),
          (select string_agg(p::text, ',' order by p.convention_id, p.programme_code) from convention c
            join convention_programme p on p.convention_id = c.id where c.cabinet_id = a.cabinet_id),
          (select string_agg(x::text, ',' order by x.id) from partner_access x where x.account_id = a.id),
          (select string_agg(s.id, ',' order by s.id) from ended_session s where s.account_id = a.id))) as stamp
        from account a where a.id = any(${sql.param([...ids])}::uuid[])`,
    ),
  );
  return new Map(rows.map(({ id, stamp }) => [id, stamp]));
}
