import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openPglite, openPostgres, setDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { type Cluster, startCluster } from '@/scripts/postgres';

/** A kind of database, and how to run something on a fresh one of it, migrated, in this process's slot. */
export type Kind = { name: 'PGlite' | 'PostgreSQL'; fresh<T>(work: () => Promise<T>): Promise<T> };

let cluster: Cluster | null = null;

/** Both databases where PostgreSQL's server is on this machine, else the embedded one alone. Commits wait for the disk on either. */
export async function databases(): Promise<Kind[]> {
  cluster ??= await startCluster({ durable: true }).catch(() => null);
  const server = cluster;
  return [
    { name: 'PGlite', fresh: onPglite },
    ...(server
      ? [{ name: 'PostgreSQL' as const, fresh: <T>(work: () => Promise<T>) => onPostgres(server, work) }]
      : []),
  ];
}

export async function closeDatabases(): Promise<void> {
  await cluster?.stop();
  cluster = null;
}

async function onPglite<T>(work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-'));
  try {
    return await inSlot(await openPglite(folder), work);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres<T>({ url }: Cluster, work: () => Promise<T>): Promise<T> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    return await inSlot(openPostgres(own.href), work);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

async function inSlot<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    await migrate(database);
    setDatabase(database);
    return await work();
  } finally {
    await database.close();
  }
}
