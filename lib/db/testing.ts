import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import pg from 'pg';
import { env } from '@/lib/core/env';
import { blankPglite, blankPostgres } from '@/scripts/blank-database';
import { type Database, openPglite, openPostgres, setDatabase } from './client';

/**
 * A fresh, migrated database in this process's slot: PGlite in memory, or a new database on the server named by
 * TEST_DATABASE_URL. The same tests run on both.
 */
export async function testDatabase(): Promise<Database> {
  const server = env().TEST_DATABASE_URL;
  if (!server) {
    const db = await blankDatabase(null);
    setDatabase(db);
    return db;
  }
  const name = `parvis_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name} template ${blankPostgres}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  const close = async () => {
    await db.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  const disposable = { ...db, close };
  setDatabase(disposable);
  return disposable;
}

/** A migrated PGlite with nothing in it. @param folder data folder; null keeps all in memory */
export async function blankDatabase(folder: string | null): Promise<Database> {
  return openPglite(folder, await openAsBlob(blankPglite));
}
