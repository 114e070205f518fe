import { fromPglite, PgBoss, type SendOptions } from 'pg-boss';
import { faultFacts, log } from '@/lib/core/log';
import { database } from '@/lib/db/client';

/** The job that brings one promoter's mirror up to date now: an act has changed a lot, and only GetUpdated tells its status. */
export const followOne = 'follow-promoter';

/** The job that holds one promoter's whole mirror against its Koban, and withdraws what Koban no longer lists. */
export const reconcileOne = 'reconcile-promoter';

// Routes and jobs are bundled apart: one queue for the whole process, as for the database.
const slot = globalThis as typeof globalThis & { parvisQueue?: Promise<PgBoss> };

// A queue asks little of the database: a few connections leave the rest to people.
const CONNECTIONS = 3;

/** This process's access to the job queue, opened at first use, in the portal's own database. */
export function jobQueue(): Promise<PgBoss> {
  slot.parvisQueue ??= open().catch((fault: unknown) => {
    // The next who asks tries again: a database may come back.
    slot.parvisQueue = undefined;
    throw fault;
  });
  return slot.parvisQueue;
}

/** Lets the jobs in hand end, within `ms`, and closes this process's access to the queue. */
export async function closeQueue(ms: number): Promise<void> {
  const opened = slot.parvisQueue;
  slot.parvisQueue = undefined;
  await (await opened)?.stop({ graceful: true, timeout: ms });
}

async function open(): Promise<PgBoss> {
  const { pglite, pool } = await database();
  const boss = pglite
    ? new PgBoss({ db: fromPglite(pglite), backend: 'pglite' })
    : new PgBoss({ ...pool?.options, max: CONNECTIONS, application_name: 'parvis-jobs' });
  // Unheard, an error event would end the process.
  boss.on('error', (fault) => log().error(faultFacts(fault), 'job queue'));
  return boss.start();
}

/**
 * Puts a job in the queue; `data` holds ids only, never a person's data. Not part of any transaction: what must not be lost is
 * a row of its own table that a timer finds (mail, operations), and a job only makes it sooner.
 * @returns false when one with the same `singletonKey` already waits
 */
export async function enqueue(
  name: string,
  data: Record<string, string>,
  options: SendOptions = {},
): Promise<boolean> {
  const boss = await jobQueue();
  return (await boss.send(name, data, options)) !== null;
}
