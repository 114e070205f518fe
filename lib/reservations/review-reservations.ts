import { sql } from 'drizzle-orm';
import { mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { takeTurns } from '@/lib/core/take-turns';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';
import { endReservations } from './end-reservations';

const MOST = 100;
/** The mirror shows a lot as it was before its pre-reservation until the next pull. */
const SETTLED_FOR = '1 minute';
/** A lot that Koban shows as reserved, whatever the mirror's status says, is asked for again after this long. */
const READ_EVERY = '9 minutes';

/** A lot whose answer cannot be understood is asked for again after this long, then after twice as long each time, and so on. */
const PUT_OFF_MS = 60_000;
const PUT_OFF_AT_MOST_MS = 30 * 60_000;

/** Such lots, in this process: from when each may be asked for again, and after how long. */
const putOff = new Map<string, { until: number; waitMs: number }>();
const keyOf = (promoter: string, extcode: string) => `${promoter} ${extcode}`;

type Worn = { promoter: string; extcode: string; ids: string[] };

/**
 * Reads the lots that bear a partner's reservation although the mirror shows them open again, and ends what Koban proves to be over:
 * its withdrawal was told and lost, or never told. A lot is read when a reading already showed it open, when it has changed since
 * the last one, and every nine minutes; each promoter has its turn. One whose reservation has an act in hand is left to that act; one
 * whose answer cannot be understood is put off, and keeps no other waiting.
 * @param most how many lots at most, of all promoters
 * @param at the present, for tests
 */
export async function reviewReservations(most = MOST, at = new Date()): Promise<void> {
  const waiting = [...putOff].flatMap(([key, { until }]) => (until > at.getTime() ? [key] : []));
  const lots = await asSystem((tx) => findWorn(tx, most, waiting));
  await takeTurns(
    lots,
    (promoter, own) => reviewPromoter(promoter, own, at),
    'reservations could not be reviewed',
  );
}

const findWorn = (tx: Parameters<typeof rowsOf>[0], most: number, waiting: readonly string[]) =>
  rowsOf<Worn>(
    tx,
    sql`select worn.promoter, worn.extcode, worn.ids from (
        select lot.promoter_id as promoter, lot.extcode, lot.option_seen_at, json_agg(reservation.id) as ids,
          row_number() over (partition by lot.promoter_id order by lot.option_seen_at nulls first, lot.extcode) as turn
        from reservation
        join lot on lot.promoter_id = reservation.promoter_id and lot.extcode = reservation.lot_extcode
        where reservation.state in ('preresv', 'validated')
          and reservation.preresv_at < clock_timestamp() - ${SETTLED_FOR}::interval
          and upper(lot.status_code) in ('LIBRE', 'OPTION') and upper(coalesce(lot.result, '')) <> 'WON'
          and (lot.option_rank is not null or lot.option_seen_at is null or lot.changed_at > lot.option_seen_at
            or lot.option_seen_at < clock_timestamp() - ${READ_EVERY}::interval)
          and not ${JSON.stringify(waiting)}::jsonb ? (lot.promoter_id::text || ' ' || lot.extcode)
          and not exists (select from operation where operation.promoter_id = lot.promoter_id
            and operation.lot_extcode = lot.extcode
            and (operation.state = 'open' or (operation.state = 'uncertain' and operation.kind = 'desistement')))
        group by lot.promoter_id, lot.extcode, lot.option_seen_at
      ) as worn order by worn.turn, worn.option_seen_at nulls first limit ${most}`,
  );

async function reviewPromoter(promoter: PromoterId, lots: readonly Worn[], at: Date): Promise<void> {
  const actor = mintSystem('system', promoter, 'reconcile');
  for (const { extcode: lotExtcode, ids } of lots) {
    const came = await endReservations(actor, { lotExtcode, ids, proof: 'reading', at: new Date() });
    // A Koban that did not answer is not asked for each of its lots.
    if (came === 'unread') return;
    const key = keyOf(promoter, lotExtcode);
    if (came === 'unreadable') putLater(key, at);
    else putOff.delete(key);
  }
}

function putLater(key: string, at: Date): void {
  const waited = putOff.get(key)?.waitMs;
  const waitMs = waited === undefined ? PUT_OFF_MS : Math.min(2 * waited, PUT_OFF_AT_MOST_MS);
  putOff.set(key, { until: at.getTime() + waitMs, waitMs });
}
