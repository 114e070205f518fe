import { sql } from 'drizzle-orm';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';
import { endReservations } from './end-reservations';

const MOST = 100;
/** The mirror shows a lot as it was before its pre-reservation until the next pull. */
const SETTLED_FOR = '1 minute';
/** A lot that Koban shows as reserved, whatever the mirror's status says, is asked for again after this long. */
const READ_EVERY = '10 minutes';

/**
 * Reads the lots that bear a partner's reservation although the mirror shows them open again, and ends what Koban proves to be over:
 * its withdrawal was told and lost, or never told. A lot is read when a reading already showed it open, when it has changed since
 * the last one, and every ten minutes. One whose reservation has an act in hand is left to that act.
 */
export async function reviewReservations(): Promise<void> {
  const lots = await asSystem((tx) =>
    rowsOf<{ promoter: string; extcode: string; ids: string[] }>(
      tx,
      sql`select lot.promoter_id as promoter, lot.extcode, json_agg(reservation.id) as ids
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
        order by lot.option_seen_at nulls first
        limit ${MOST}`,
    ),
  );
  const silent = new Set<string>();
  for (const { promoter, extcode, ids } of lots) {
    // A Koban that did not answer is not asked for each of its lots.
    if (silent.has(promoter)) continue;
    const actor = mintSystem('system', asPromoterId(promoter), 'reconcile');
    const came = await endReservations(actor, {
      lotExtcode: extcode,
      ids,
      proof: 'reading',
      at: new Date(),
    });
    if (came === 'unread') silent.add(promoter);
  }
}
