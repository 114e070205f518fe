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
const READ_EVERY = '10 minutes';

type Worn = { promoter: string; extcode: string; ids: string[] };

/**
 * Reads the lots that bear a partner's reservation although the mirror shows them open again, and ends what Koban proves to be over:
 * its withdrawal was told and lost, or never told. A lot is read when a reading already showed it open, when it has changed since
 * the last one, and every ten minutes; each promoter has its turn. One whose reservation has an act in hand is left to that act.
 * @param most how many lots at most, of all promoters
 */
export async function reviewReservations(most = MOST): Promise<void> {
  const lots = await asSystem((tx) => findWorn(tx, most));
  await takeTurns(lots, reviewPromoter, 'reservations could not be reviewed');
}

const findWorn = (tx: Parameters<typeof rowsOf>[0], most: number) =>
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
          and not exists (select from operation where operation.promoter_id = lot.promoter_id
            and operation.lot_extcode = lot.extcode
            and (operation.state = 'open' or (operation.state = 'uncertain' and operation.kind = 'desistement')))
        group by lot.promoter_id, lot.extcode, lot.option_seen_at
      ) as worn order by worn.turn, worn.option_seen_at nulls first limit ${most}`,
  );

async function reviewPromoter(promoter: PromoterId, lots: readonly Worn[]): Promise<void> {
  const actor = mintSystem('system', promoter, 'reconcile');
  for (const { extcode: lotExtcode, ids } of lots) {
    const came = await endReservations(actor, { lotExtcode, ids, proof: 'reading', at: new Date() });
    // A Koban that did not answer is not asked for each of its lots.
    if (came === 'unread') return;
  }
}
