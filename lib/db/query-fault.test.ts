import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultFacts } from '@/lib/core/log';
import type { Database } from './client';
import { rowsOf } from './client';
import { account } from './schema/all';
import { asSystem } from './tenancy';
import { testDatabase } from './testing';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const email = 'camille.secret@exemple.fr';
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('No fault'),
    (fault: unknown) => fault,
  );

it('tells of a query that failed its code, and none of its values', async () => {
  const person = { email, name: 'Camille', role: 'operator' as const };
  await asSystem((tx) => tx.insert(account).values(person));
  const twice = await faultOf(asSystem((tx) => tx.insert(account).values(person)));
  const wrong = await faultOf(asSystem((tx) => rowsOf(tx, sql`select ${email}::integer`)));
  for (const fault of [twice, wrong])
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('secret');
  expect(faultFacts(twice)).toMatchObject({ fault: 'QueryFault', code: '23505' });
  expect(faultFacts(wrong)).toMatchObject({ fault: 'QueryFault', code: '22P02' });
});

it('leaves what the work itself throws as it is', async () => {
  const own = new Error('of the work');
  expect(
    await faultOf(
      asSystem(async () => {
        throw own;
      }),
    ),
  ).toBe(own);
});
