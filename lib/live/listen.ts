import pg from 'pg';
import { faultFacts, log } from '@/lib/core/log';
import { type Announcement, announcementSchema, CHANNEL } from '@/lib/db/announce';
import type { Database } from '@/lib/db/client';

// A restarted server is back within seconds, and must not be knocked at by every process at once.
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5_000;
// A connection that a firewall dropped says nothing by itself: it is asked, and must answer.
const PROBE_MS = 15_000;
const PROBE_PATIENCE_MS = 5_000;

export type Hearer = {
  /** Something has changed, in this process or another. */
  onHeard(announcement: Announcement): void;
  /** Nothing is heard from now on: the database is away. */
  onDeaf(): void;
  /** Heard again; what was announced meanwhile is lost. */
  onHearingAgain(): void;
};

export type Listening = { stop(): Promise<void> };

/** Hears what every process of the deployment announces, until stopped. Resolves once it listens, or has failed to for the first time. */
export function listen(db: Database, hearer: Hearer): Promise<Listening> {
  return db.pglite ? listenEmbedded(db.pglite, hearer) : listenServer(db, hearer);
}

async function listenEmbedded(pglite: NonNullable<Database['pglite']>, hearer: Hearer): Promise<Listening> {
  const unlisten = await pglite.listen(CHANNEL, (text) => hear(text, hearer));
  return { stop: () => unlisten() };
}

/** One connection of its own: a pool's would be given to others, and be closed when idle. */
async function listenServer({ pool }: Database, hearer: Hearer): Promise<Listening> {
  let stopped = false;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: pg.Client | undefined;
  let deaf = false;

  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: pool?.options.connectionString, keepAlive: true });
    current = client;
    const lost = (fault?: unknown) => {
      if (current !== client) return;
      current = undefined;
      clearTimeout(timer);
      client.end().catch(() => {});
      if (stopped) return;
      if (fault) log().warn({ job: 'live', ...faultFacts(fault) }, 'not listening');
      deaf = true;
      hearer.onDeaf();
      timer = setTimeout(() => void connect(), retryMs);
      timer.unref();
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => hear(payload ?? '', hearer));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (fault) {
      lost(fault);
      return;
    }
    retryMs = FIRST_RETRY_MS;
    if (deaf) hearer.onHearingAgain();
    deaf = false;
    probe(client, lost);
  };

  const probe = (client: pg.Client, lost: (fault: unknown) => void) => {
    timer = setTimeout(async () => {
      const patience = setTimeout(() => lost(new Error('silent')), PROBE_PATIENCE_MS);
      try {
        await client.query('select 1');
        if (current === client) probe(client, lost);
      } catch (fault) {
        lost(fault);
      } finally {
        clearTimeout(patience);
      }
    }, PROBE_MS);
    timer.unref();
  };

  await connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const client = current;
      current = undefined;
      await client?.end().catch(() => {});
    },
  };
}

function hear(text: string, { onHeard }: Hearer): void {
  try {
    onHeard(announcementSchema.parse(JSON.parse(text)));
  } catch (fault) {
    // A process of another version may announce what this one does not know.
    log().warn({ job: 'live', ...faultFacts(fault) }, 'announcement not understood');
  }
}
