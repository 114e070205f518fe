import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPromoterId, mintScope } from '@/lib/core/mint';
import { type Database, rowsOf } from './client';
import { promoter } from './schema/all';
import { asSystem, asTenant } from './tenancy';
import { testDatabase } from './testing';

let db: Database;
const [first, second] = [randomUUID(), randomUUID()].map(asPromoterId);

beforeAll(async () => {
  db = await testDatabase();
  const settings = { optionHours: 72, optionHoursMax: 168, fields: [], statusLabels: {}, documentHosts: [] };
  await asSystem(async (tx) => {
    for (const id of [first, second]) {
      await tx.insert(promoter).values({
        id,
        slug: `p-${id}`,
        name: 'Promoteur',
        kobanUrl: 'http://127.0.0.1/api/v1',
        kobanKeysSealed: 'x',
        kobanAccount: 'x',
        webhookToken: id ?? '',
        webhookSecretSealed: 'x',
        settings,
      });
    }
  });
});
afterAll(() => db.close());

describe('row-level security', () => {
  it('shows a scope its own promoters only', async () => {
    const rows = await asTenant(mintScope([first ?? asPromoterId('')], null), (tx) =>
      tx.select().from(promoter),
    );
    expect(rows.map((row) => row.id)).toEqual([first]);
  });

  it('shows nothing to the app role without a tenant', async () => {
    const rows = await asTenant(mintScope([], null), (tx) => tx.select().from(promoter));
    expect(rows).toEqual([]);
  });

  it('forgets the tenant after each transaction', async () => {
    for (let round = 0; round < 50; round++) {
      const mine = round % 2 ? first : second;
      const rows = await asTenant(mintScope([mine ?? asPromoterId('')], null), (tx) =>
        tx.select().from(promoter),
      );
      expect(rows.map((row) => row.id)).toEqual([mine]);
    }
    const [left] = await rowsOf<{ setting: string | null }>(
      db.orm,
      sql`select nullif(current_setting('parvis.promoters', true), '') as setting`,
    );
    expect(left?.setting).toBeNull();
  });

  it('is forced on every table, and its roles are powerless outside it', async () => {
    const bare = await rowsOf<{ relname: string }>(
      db.orm,
      sql`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(bare).toEqual([]);
    const strong = await rowsOf<{ rolname: string }>(
      db.orm,
      sql`select rolname from pg_roles where rolname in ('parvis_app', 'parvis_system')
        and (rolsuper or rolbypassrls or rolcanlogin)`,
    );
    expect(strong).toEqual([]);
  });

  it('hides password hashes from a tenant', async () => {
    await expect(
      asTenant(mintScope([], null), (tx) => tx.execute(sql`select password_hash from account`)),
    ).rejects.toThrow();
  });
});
