import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, rowsOf, setDatabase } from './client';
import { refreshStatistics } from './statistics';
import { blankDatabase } from './testing';

// A server counts its rows by itself: this is the embedded database's alone.
let db: Database;
beforeAll(async () => {
  db = await blankDatabase(null);
  setDatabase(db);
});
afterAll(() => db.close());

it('counts the rows that nobody else counts', async () => {
  await db.orm.execute(sql`set session_replication_role = replica`);
  await db.orm.execute(sql`insert into lot (promoter_id, extcode, actable, label, programme_code, status_code, secondary, fields,
      content_hash, version)
    select '01a20eac-af22-744e-ba12-4563ee02c174', 'L' || n, true, 'T3', 'P', 'LIBRE', false, '{}', '', n / 500
    from generate_series(1, 20000) as n`);
  await refreshStatistics();
  const [lots] = await rowsOf<{ rows: number }>(
    db.orm,
    sql`select reltuples::integer as rows from pg_class where relname = 'lot'`,
  );
  expect(lots?.rows).toBe(20_000);
});
