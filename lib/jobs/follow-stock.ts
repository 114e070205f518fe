import { log } from '@/lib/core/log';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { refreshStatistics } from '@/lib/db/statistics';
import { asSystem } from '@/lib/db/tenancy';
import { allPromoters, kobanFor } from '@/lib/promoters/queries';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { type SyncInput, type SyncResult, syncPromoter } from '@/lib/stock/sync-promoter';

/** So many lots written at once make another stock of it for whoever plans queries. */
const MANY_LOTS = 1_000;

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
  if (result.kind === 'done' && result.changed > MANY_LOTS) await refreshStatistics();
  const fault = result.kind === 'busy' ? null : result.fault;
  if (fault !== null) log().warn({ job: 'stock', promoter, pass, fault }, 'stock not brought up to date');
  return result;
}

/**
 * Works for every promoter: each round begins for those that have none in hand, and waits for none of them, so that one
 * promoter's long round (a first full pull, a Koban that does not answer) does not hold up the others.
 */
export function promoterFollower(
  work: (promoter: PromoterId) => Promise<unknown>,
  onFault: (fault: unknown) => void,
) {
  const inHand = new Map<PromoterId, Promise<unknown>>();
  return {
    round: async () => {
      for (const promoter of await everyPromoter()) {
        if (inHand.has(promoter)) continue;
        const round = work(promoter)
          .catch(onFault)
          .finally(() => inHand.delete(promoter));
        inHand.set(promoter, round);
      }
    },
    settle: () => Promise.all(inHand.values()),
  };
}
