import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { SQL } from 'drizzle-orm';
import { drizzle as drizzleNodePg } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import pg from 'pg';
import { env } from '@/lib/core/env';
import { lockDataFolder } from './lock';
import * as schema from './schema/all';

type AnyDatabase = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A transaction, whichever database it runs on. */
export type Tx = Parameters<Parameters<AnyDatabase['transaction']>[0]>[0];

/** An open database: PGlite in the data folder, or PostgreSQL. */
export type Database = {
  readonly kind: 'pglite' | 'postgres';
  readonly orm: AnyDatabase;
  readonly pglite: PGlite | null;
  readonly pool: pg.Pool | null;
  close(): Promise<void>;
};

/** Opens PostgreSQL. @throws when the address is wrong, at the first query. */
export function openPostgres(url: string, max = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max, idleTimeoutMillis: 30_000 });
  // A dropped idle connection is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => {});
  return {
    kind: 'postgres',
    orm: drizzleNodePg(pool, { schema }),
    pglite: null,
    pool,
    close: () => pool.end(),
  };
}

/**
 * Opens the embedded database.
 * @param folder data folder, locked for this process; null keeps all in memory
 * @param loadDataDir a dump to begin with, where the folder is new
 * @throws DataFolderInUse
 */
export async function openPglite(folder: string | null, loadDataDir?: Blob): Promise<Database> {
  const unlock = folder ? lockDataFolder(folder) : () => {};
  const pglite = await PGlite.create(folder ? join(folder, 'database') : 'memory://', {
    ...(loadDataDir && { loadDataDir }),
  });
  return {
    kind: 'pglite',
    orm: drizzlePglite(pglite, { schema }),
    pglite,
    pool: null,
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}

// Next bundles routes and instrumentation apart: the process-wide slot keeps them on one connection.
const slot = globalThis as typeof globalThis & { parvisDatabase?: Promise<Database> };

/** This process's database, opened at first use. */
export function database(): Promise<Database> {
  slot.parvisDatabase ??= (async () => {
    const { DATABASE_URL, dataDir } = env();
    return DATABASE_URL ? openPostgres(DATABASE_URL) : openPglite(dataDir);
  })();
  return slot.parvisDatabase;
}

/** Puts a database in this process's slot: tests and benches. */
export function setDatabase(db: Database): void {
  slot.parvisDatabase = Promise.resolve(db);
}

/** Rows of a raw query: both drivers answer `{ rows }`. */
export async function rowsOf<Row>(tx: Tx | AnyDatabase, query: SQL): Promise<Row[]> {
  const result = (await tx.execute(query)) as { rows: Row[] };
  return result.rows;
}
