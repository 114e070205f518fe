import { sql } from 'drizzle-orm';
import type { TenantScope } from '@/lib/core/scope';
import { database, type Tx } from './client';
import { withoutValues } from './query-fault';

declare const role: unique symbol;

/** A transaction that sees one scope's rows only: row-level security holds it. */
export type TenantTx = Tx & { readonly [role]: 'tenant' };
/** A transaction that spans tenants: sign-in, provisioning, finding due work. */
export type SystemTx = Tx & { readonly [role]: 'system' };

/**
 * Runs `work` in a transaction that sees only the scope's promoters, and only its cabinet when it names one.
 * Role and settings are local to the transaction. Never call Koban inside.
 * @throws QueryFault when a query fails
 */
export async function asTenant<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  const { orm } = await database();
  return withoutValues(() =>
    orm.transaction(async (tx) => {
      await tx.execute(
        sql`select set_config('role', 'parvis_app', true), set_config('parvis.promoters', ${scope.promoters.join(',')}, true), set_config('parvis.cabinet', ${scope.cabinet ?? ''}, true)`,
      );
      return work(tx as TenantTx);
    }),
  );
}

/** Runs `work` in a transaction that sees every tenant. For work that belongs to none. Never call Koban inside. @throws QueryFault */
export async function asSystem<T>(work: (tx: SystemTx) => Promise<T>): Promise<T> {
  const { orm } = await database();
  return withoutValues(() =>
    orm.transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', 'parvis_system', true)`);
      return work(tx as SystemTx);
    }),
  );
}
