import { log } from '@/lib/core/log';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { asSystem } from '@/lib/db/tenancy';
import { allPromoters, kobanFor } from '@/lib/promoters/queries';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { type SyncInput, type SyncResult, syncPromoter } from '@/lib/stock/sync-promoter';

/** Every promoter of the deployment, with the right to act for it. */
export async function everyPromoter(): Promise<PromoterId[]> {
  const promoters = await asSystem((tx) => allPromoters(tx));
  return promoters.map(({ id }) => asPromoterId(id));
}

/** Feeds one promoter's mirror from its Koban. */
export async function followPromoter(promoter: PromoterId, pass: SyncInput['pass']): Promise<SyncResult> {
  const koban = () => kobanFor(promoter, 'now');
  const result = await syncPromoter(mintSystem('system', promoter, 'stock'), { koban, pass });
  if (result.kind === 'done' && result.changed + result.withdrawn > 0) noticeStockChange(promoter);
  const fault = result.kind === 'busy' ? null : result.fault;
  if (fault !== null) log().warn({ job: 'stock', promoter, pass, fault }, 'stock not brought up to date');
  return result;
}

/**
 * Follows every promoter: each round begins a pull for those that have none in hand, and waits for none of them, so that one
 * promoter's first full pull does not age the others' stock.
 */
export function stockFollower(onFault: (fault: unknown) => void) {
  const inHand = new Map<PromoterId, Promise<unknown>>();
  return {
    round: async () => {
      for (const promoter of await everyPromoter()) {
        if (inHand.has(promoter)) continue;
        const pull = followPromoter(promoter, 'due')
          .catch(onFault)
          .finally(() => inHand.delete(promoter));
        inHand.set(promoter, pull);
      }
    },
    settle: () => Promise.all(inHand.values()),
  };
}
