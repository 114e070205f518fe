// Another process of the portal's, for tests: on the same database and the same Koban, and killed where the test says.
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { env } from '@/lib/core/env';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { type Database, openPglite, rowsOf, setDatabase } from '@/lib/db/client';
import { blankDatabase, testDatabase } from '@/lib/db/testing';
import type { Office } from './testing';

/** Where a process is killed in the middle of an act. */
export type Moment =
  /** The intention of the call is written and not committed. */
  | 'begun'
  /** The call has left, and Koban does nothing of it. */
  | 'sent'
  /** Koban has done it, and its answer does not arrive. */
  | 'applied'
  /** Koban's answer is here, and what it says is not committed. */
  | 'answered'
  /** It is committed, and nobody has been told. */
  | 'kept';

/** A call of an act, by the name of its step and by Koban's. */
export type Call = { step: string; method: string };

/** What the other process does, and in whose name. */
export type Doing = {
  script: string;
  actor: PartnerActor;
  promoter: PromoterId;
  act: Record<string, unknown>;
};

const LOCK = 4_169;
const REACHED = 'parvis-held';
const PATIENCE = { timeout: 50_000, interval: 20 };

/** A database that other processes open too: the embedded one belongs to one at a time, and is closed here meanwhile. */
export async function openShared() {
  const folder = env().TEST_DATABASE_URL ? null : mkdtempSync(join(tmpdir(), 'parvis-kill-'));
  let db = await (folder ? blankDatabase(folder) : testDatabase());
  setDatabase(db);
  const place = () => (folder ? { folder } : { url: db.pool?.options.connectionString });
  const marker = folder && join(folder, 'database', REACHED);

  /** Does the act in another process, and kills that one at this moment of this call. */
  async function killAt(office: Office, moment: Moment, { step, method }: Call, doing: Doing): Promise<void> {
    const calls = office.calls(method);
    if (moment === 'sent') office.fault({ method, mode: 'hang-before' });
    if (moment === 'applied') office.fault({ method, mode: 'hang-after' });
    const held = moment === 'begun' || moment === 'answered';
    const release = held ? await holdStep(db, step, moment) : null;
    const where = place();
    if (folder) await db.close();
    const child = start(doing, where);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    try {
      await vi.waitFor(async () => {
        if (moment === 'kept') return expect(said).toContain('kept');
        if (!held) return expect(office.calls(method)).toBeGreaterThan(calls);
        expect(marker ? existsSync(marker) : await waiting(db)).toBe(true);
      }, PATIENCE);
    } finally {
      await kill(child);
      if (folder) {
        db = await openPglite(folder);
        setDatabase(db);
      }
      if (marker) rmSync(marker, { force: true });
      await release?.(db);
    }
  }

  return {
    /** Where another process finds it. */
    place,
    killAt,
    close: async () => {
      await db.close();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A partner, as `enter.testing.ts` reads him. */
export const whoIs = ({ account, cabinet, role }: PartnerActor, promoter: PromoterId) => ({
  account,
  cabinet,
  promoter,
  role,
});

/** Starts a script in a process of its own, which ends with this one. */
export function start(
  { script, actor, promoter, act }: Doing,
  place: Record<string, unknown>,
): ChildProcessByStdio<Writable, Readable, null> {
  const who = whoIs(actor, promoter);
  const told = JSON.stringify({ who, place, ...act });
  return spawn(process.execPath, ['--import', 'tsx', join(process.cwd(), script), told], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

export const kill = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

/**
 * Has the database hold whoever writes the intention of this step, or what came of it, in the middle of the transaction: PostgreSQL by
 * a lock that this process has, the embedded one by a loop that only the death of its process ends.
 * @returns lets go
 */
async function holdStep(db: Database, step: string, moment: 'begun' | 'answered') {
  const run = (statement: string) => db.orm.execute(sql.raw(statement));
  const hold = db.pool
    ? `perform pg_advisory_xact_lock(${LOCK});`
    : `execute format('copy (select 1) to %L', current_setting('data_directory') || '/${REACHED}'); loop null; end loop;`;
  await run(`create or replace function hold_step() returns trigger language plpgsql security definer
    as $$ begin ${hold} return new; end $$`);
  const [when, row] = moment === 'begun' ? ['insert', 'new'] : ['update', 'old'];
  await run(`create trigger hold_step before ${when} on operation_step for each row
    when (${row}.name = '${step}' and ${row}.state = 'intent') execute function hold_step()`);
  const client = await db.pool?.connect();
  await client?.query('select pg_advisory_lock($1)', [LOCK]);
  return async (now: Database) => {
    await client?.query('select pg_advisory_unlock($1)', [LOCK]);
    client?.release();
    await now.orm.execute(sql.raw('drop trigger hold_step on operation_step'));
  };
}

async function waiting(db: Database): Promise<boolean> {
  const rows = await rowsOf(
    db.orm,
    sql`select 1 from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted
      and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.length > 0;
}
