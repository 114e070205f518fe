import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { env } from '@/lib/core/env';
import { type Database, openPglite, openPostgres, setDatabase } from './client';
import { migrate } from './migrate';

/**
 * A fresh, migrated database in this process's slot: PGlite in memory, or a new database on the server named by
 * TEST_DATABASE_URL. The same tests run on both.
 */
export async function testDatabase(): Promise<Database> {
  const server = env().TEST_DATABASE_URL;
  if (!server) {
    const db = await openPglite(null);
    await migrate(db);
    setDatabase(db);
    return db;
  }
  const name = `parvis_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  await migrate(db);
  const close = async () => {
    await db.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  const disposable = { ...db, close };
  setDatabase(disposable);
  return disposable;
}
