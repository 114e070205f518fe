import { setImmediate as immediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { database, rowsOf } from './client';

/**
 * Has the embedded database count its rows again, table by table. A server does so by itself; PGlite has nobody who would, and
 * without it takes every stock for a handful of lots: the search for options that end, three hundred of them on 20,000 lots,
 * took seconds instead of milliseconds. A sample of 3,000 rows tells as much, and takes some twenty milliseconds a table.
 */
export async function refreshStatistics(): Promise<void> {
  const { pglite, orm } = await database();
  if (!pglite) return;
  const tables = await rowsOf<{ name: string }>(
    orm,
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  for (const { name } of tables) {
    await pglite.exec(`set default_statistics_target = 10; analyze ${name}`);
    await immediate();
  }
}
