import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mintScope } from '@/lib/core/mint';
import type { Database } from './client';
import { rowsInTurn } from './rows-in-turn';
import { asTenant } from './tenancy';
import { testDatabase } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('gives every row once, in their order, and others a turn in between; a second query may follow', async () => {
  for (const most of [4_500, 4_000, 0]) {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 0);
    const numbers = await asTenant(mintScope([], null), async (tx) => {
      const found: number[] = [];
      const query = sql`select n from generate_series(1, ${most}::integer) as n`;
      for await (const rows of rowsInTurn<{ n: number }>(tx, query)) found.push(...rows.map(({ n }) => n));
      return found;
    });
    clearInterval(counting);
    expect(numbers).toEqual(Array.from({ length: most }, (_, place) => place + 1));
    if (most > 0) expect(turns).toBeGreaterThan(0);
  }
});
