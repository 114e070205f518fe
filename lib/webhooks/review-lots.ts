import { sql } from 'drizzle-orm';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import { rowsOf } from '@/lib/db/client';
import { asSystem } from '@/lib/db/tenancy';
import { reconcileLot } from '@/lib/options/reconcile-lot';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { toldOf } from './read-event';

const MOST = 100;
/** A second option that goes changes nothing in what GetUpdated tells: lots that bear an option are read this often anyway. */
const READ_EVERY = '10 minutes';

/**
 * Reads again the lots that bear a partner's option and have changed in the mirror since their options were last read, or were
 * last read ten minutes ago: what lost webhooks did not tell is seen then.
 */
export async function reviewLots(): Promise<void> {
  const lots = await asSystem((tx) =>
    rowsOf<{ promoter: string; extcode: string }>(
      tx,
      sql`select distinct lot.promoter_id as promoter, lot.extcode from lot
        join option on option.promoter_id = lot.promoter_id and option.lot_extcode = lot.extcode
        where option.state = 'placed' and (lot.option_seen_at is null or lot.changed_at > lot.option_seen_at
          or lot.option_seen_at < clock_timestamp() - ${READ_EVERY}::interval)
        limit ${MOST}`,
    ),
  );
  const silent = new Set<string>();
  for (const { promoter, extcode } of lots) {
    // A Koban that did not answer is not asked for each of its lots.
    if (silent.has(promoter)) continue;
    const id = asPromoterId(promoter);
    const result = await reconcileLot(mintSystem('system', id, 'reconcile'), {
      extcode,
      told: (tx, until) => toldOf(tx, { promoter: id, extcode }, until),
    });
    if (result.kind === 'unread') silent.add(promoter);
    if (result.kind === 'read' && result.mirrorChanged) noticeStockChange(id);
  }
}
