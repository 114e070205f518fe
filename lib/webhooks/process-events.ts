import { sql } from 'drizzle-orm';
import { faultFacts, log } from '@/lib/core/log';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';
import { present } from '@/lib/operations/lease';
import { processEvent } from './process-event';

/** As many as Koban is asked at once (lib/koban); the rest of one promoter's flood waits, and nobody else's. */
const AT_A_TIME = 4;
/** How long a call is held by a process that gives no sign of life. */
const LEASE_MS = 30_000;

type Turn = { again: boolean; running: Promise<void> };
const slot = globalThis as typeof globalThis & { parvisWebhooks?: Map<PromoterId, Turn> };
slot.parvisWebhooks ??= new Map();
const turns = slot.parvisWebhooks;

/** Has this promoter's calls worked upon now, in this process, without waiting for it. Asked while it runs, it goes round once more. */
export function wakeProcessing(promoter: PromoterId): void {
  const turn = turns.get(promoter);
  if (turn) {
    turn.again = true;
    return;
  }
  const mine: Turn = { again: false, running: Promise.resolve() };
  turns.set(promoter, mine);
  mine.running = (async () => {
    try {
      do {
        mine.again = false;
        await drain(promoter);
      } while (mine.again);
    } catch (fault) {
      // The calls are kept: the next round takes them up.
      log().error({ job: 'webhooks', ...faultFacts(fault) }, 'job failed');
    } finally {
      turns.delete(promoter);
    }
  })();
}

/** Works on every call that is due, of all promoters, each promoter's apart from the others'. @param at the present, for tests */
export async function processDueEvents(at?: Date): Promise<void> {
  const promoters = await asSystem((tx) =>
    rowsOf<{ promoter: string }>(
      tx,
      sql`select distinct promoter_id as promoter from webhook_event
        where state = 'received' and next_attempt_at <= ${present(at)}`,
    ),
  );
  await Promise.all(promoters.map(({ promoter }) => drain(asPromoterId(promoter), at)));
}

/** Takes the calls of a promoter, four at a time and those of one lot in their order, until none is due. */
async function drain(promoter: PromoterId, at?: Date): Promise<void> {
  const actor = mintSystem('webhook', promoter, 'Koban');
  const seen = new Set<number>();
  for (;;) {
    const ids = await claim(promoter, at);
    if (ids.length === 0 || (at && ids.every((id) => seen.has(id)))) return;
    await Promise.all(
      ids.map(async (id) => {
        seen.add(id);
        try {
          await processEvent(actor, id, at);
        } catch (fault) {
          // It comes again when its lease runs out; the others need not wait for it.
          log().error({ webhook: id, ...faultFacts(fault) }, 'a call of Koban was not worked upon');
        }
      }),
    );
  }
}

/** Takes the oldest due call of each lot, four lots at most; no other process takes them before the lease ends. */
function claim(promoter: PromoterId, at?: Date): Promise<number[]> {
  const now = present(at);
  const due = sql`promoter_id = ${promoter} and state = 'received' and next_attempt_at <= ${now}`;
  return asSystem(async (tx) => {
    const rows = await rowsOf<{ id: number | string }>(
      tx,
      sql`update webhook_event set attempts = attempts + 1, next_attempt_at = ${now} + ${`${LEASE_MS} milliseconds`}::interval
        where id in (
          select id from (
            select distinct on (coalesce(lot_extcode, id::text)) id from webhook_event
            where ${due} order by coalesce(lot_extcode, id::text), id
          ) as oldest order by id limit ${AT_A_TIME}
        ) and ${due} returning id`,
    );
    return rows.map(({ id }) => Number(id));
  });
}
