import { sql } from 'drizzle-orm';
import { mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { takeTurns } from '@/lib/core/take-turns';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';
import { reconcileLot } from '@/lib/options/reconcile-lot';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { toldOf } from './read-event';

const MOST = 100;
/**
 * A second option that goes changes nothing in what GetUpdated tells: lots that bear an option are read this often anyway, so that
 * what was lost is seen within ten minutes (RELIABILITY, check 36), the pace of this job included.
 */
const READ_EVERY = '9 minutes';

type Worn = { promoter: string; extcode: string };

/**
 * Reads again the lots that bear a partner's option and have changed in the mirror since their options were last read, or were
 * last read nine minutes ago: what lost webhooks did not tell is seen then. Each promoter has its turn for one lot before any has
 * a second one, those read longest ago first.
 * @param most how many lots at most, of all promoters
 */
export async function reviewLots(most = MOST): Promise<void> {
  const lots = await asSystem((tx) => findWorn(tx, most));
  await takeTurns(lots, reviewPromoter, 'lots could not be read again');
}

const findWorn = (tx: Parameters<typeof rowsOf>[0], most: number) =>
  rowsOf<Worn>(
    tx,
    sql`select worn.promoter_id as promoter, worn.extcode from (
        select lot.promoter_id, lot.extcode, lot.option_seen_at,
          row_number() over (partition by lot.promoter_id order by lot.option_seen_at nulls first, lot.extcode) as turn
        from lot where exists (select 1 from option where option.promoter_id = lot.promoter_id
            and option.lot_extcode = lot.extcode and option.state = 'placed')
          and (lot.option_seen_at is null or lot.changed_at > lot.option_seen_at
            or lot.option_seen_at < clock_timestamp() - ${READ_EVERY}::interval)
      ) as worn order by worn.turn, worn.option_seen_at nulls first limit ${most}`,
  );

/** Reads some lots of one promoter, one after the other. */
async function reviewPromoter(promoter: PromoterId, lots: readonly Worn[]): Promise<void> {
  for (const { extcode } of lots) {
    const result = await reconcileLot(mintSystem('system', promoter, 'reconcile'), {
      extcode,
      told: (tx, until) => toldOf(tx, { promoter, extcode }, until),
    });
    // A Koban that did not answer is not asked for each of its lots; an answer that cannot be read is that lot's own.
    if (result.kind === 'unread' && result.code !== 'koban-unreadable') return;
    if (result.kind === 'read' && result.mirrorChanged) noticeStockChange(promoter);
  }
}
