// The empty database of the tests, made once and kept: PGlite's initdb costs more than most tests, and each would pay it.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { openPglite, openPostgres } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';

// What it is made of: another version of any is another database.
const sources = [
  createRequire(import.meta.url).resolve('@electric-sql/pglite'),
  ...globSync('lib/db/migrations/*.sql').sort(),
  'lib/db/migrate.ts',
];
const hash = createHash('sha256');
for (const source of sources) hash.update(readFileSync(source));
const version = hash.digest('hex').slice(0, 16);

/** A migrated and empty PGlite as a tar file: `loadDataDir` opens it, `tar -x` makes a data folder of it. */
export const blankPglite = join(process.cwd(), '.cache', `blank-${version}.tar`);

/** The migrated and empty database on a PostgreSQL server, to be copied by `create database … template`. */
export const blankPostgres = `parvis_blank_${version}`;

/** Makes what is not there yet: before all tests, of vitest as of Playwright. */
export default async function makeBlankDatabases(): Promise<void> {
  const { TEST_DATABASE_URL } = process.env;
  await makeBlankPglite();
  if (TEST_DATABASE_URL) await makeBlankPostgres(TEST_DATABASE_URL);
}

async function makeBlankPglite(): Promise<void> {
  if (existsSync(blankPglite)) return;
  const db = await openPglite(null);
  await migrate(db);
  const dump = await db.pglite?.dumpDataDir('none');
  await db.close();
  if (!dump) throw new Error('The blank database could not be dumped.');
  mkdirSync(dirname(blankPglite), { recursive: true });
  // Whole or not at all: another run may be reading.
  const unfinished = `${blankPglite}.${process.pid}`;
  writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()));
  renameSync(unfinished, blankPglite);
  for (const older of globSync(join(dirname(blankPglite), 'blank-*.tar')))
    if (older !== blankPglite) rmSync(older);
}

async function makeBlankPostgres(server: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [blankPostgres]);
    if (rowCount) return;
    const unfinished = `${blankPostgres}_unfinished`;
    await admin.query(`drop database if exists ${unfinished}`);
    await admin.query(`create database ${unfinished}`);
    const url = new URL(server);
    url.pathname = `/${unfinished}`;
    const db = openPostgres(url.href);
    await migrate(db);
    await db.close();
    await admin.query(`alter database ${unfinished} rename to ${blankPostgres}`);
  } finally {
    await admin.end();
  }
}
