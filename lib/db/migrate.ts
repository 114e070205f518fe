import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleNodePg } from 'drizzle-orm/node-postgres';
import { migrate as migrateNodePg } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type { Database } from './client';

const migrationsFolder = join(process.cwd(), 'lib/db/migrations');

// Any fixed number: every process that migrates waits at the same door.
const migrationLock = 726_274_731;

const makeRoles = sql`
  do $$
  begin
    if not exists (select from pg_roles where rolname = 'parvis_app') then create role parvis_app nologin; end if;
    if not exists (select from pg_roles where rolname = 'parvis_system') then create role parvis_system nologin; end if;
    execute format('grant parvis_app, parvis_system to %I', current_user);
  end $$`;

// Policies bind a table's owner only when forced, and grants reach tables that later migrations add.
const armTables = sql`
  do $$
  declare name text;
  begin
    grant usage on schema public to parvis_app, parvis_system;
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table public.%I enable row level security', name);
      execute format('alter table public.%I force row level security', name);
      execute format('grant select, insert, update, delete on public.%I to parvis_system', name);
      if name not in ('account', 'account_link', 'ended_session', 'rate_limit', 'mail', 'form_draft', 'push_subscription',
        'calendar_feed', 'visit', 'notification_choice') then
        execute format('grant select, insert, update, delete on public.%I to parvis_app', name);
      end if;
    end loop;
    grant select (id, email, name, role, cabinet_id, promoter_id, disabled_at) on account to parvis_app;
    revoke update, delete on audit from parvis_app;
    grant usage on all sequences in schema public to parvis_app, parvis_system;
  end $$`;

/** Brings the database to the present schema, roles and grants. Safe to run from several processes at once. */
export async function migrate(db: Database): Promise<void> {
  if (db.pglite) {
    await db.orm.execute(makeRoles);
    await migratePglite(drizzlePglite(db.pglite), { migrationsFolder });
    await db.orm.execute(armTables);
    return;
  }
  if (!db.pool) return;
  const client = await db.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const orm = drizzleNodePg(client);
    await orm.execute(makeRoles);
    await migrateNodePg(orm, { migrationsFolder });
    await orm.execute(armTables);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    client.release();
  }
}
