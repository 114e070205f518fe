import { expiryBoundary } from '@/lib/core/half-hours';
import type { PartnerActor } from '@/lib/core/scope';
import { asTenant } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import { type SilenceCode, silenceCode } from '@/lib/operations/answers';
import { kobanFor } from '@/lib/promoters/queries';
import { eligibleProspects, openLot } from './queries';
import { keepReading, readGrant } from './read-grant';
import { readKobanLimit, readOwnCount } from './read-limits';
import { expiryOf, type NoGrant, type Rank } from './rules';
import type { CabinetLimit, EligibleProspect, KobanLimit, LotRef } from './schema';

/**
 * What the dialog « Poser une option » shows. `expiresAt`: when an option placed now would end. `rank1Until`: for rank 2, the
 * half hour at which the first option ends, if Koban says.
 */
export type LotCheck =
  | {
      kind: 'granted';
      rank: Rank;
      rank1Until: Date | null;
      expiresAt: Date;
      seenAt: Date;
      prospects: EligibleProspect[];
      /** The cabinet's options in progress at this promoter, and the most that its convention allows. */
      cabinet: Omit<CabinetLimit, 'promoterName'>;
      koban: KobanLimit;
    }
  | { kind: 'refused'; code: NoGrant; seenAt: Date | null }
  | { kind: 'unanswered'; code: SilenceCode };

/** Asks Koban what it grants on a lot at this moment (GetLotStatus), and keeps the answer in the stock mirror. */
export async function checkLot(actor: PartnerActor, ref: LotRef): Promise<LotCheck> {
  const found = await asTenant(actor.scope, async (tx) => {
    const on = await openLot(tx, actor, ref);
    if (!on) return null;
    const count = await readOwnCount(tx, actor, on.promoterId);
    return { on, count, prospects: await eligibleProspects(tx, actor, on) };
  });
  if (!found) return { kind: 'refused', code: 'lot-unavailable', seenAt: null };
  const { on, count, prospects } = found;
  const outcome = await getLotStatus(await kobanFor(on.promoterId), on.extcode);
  if (outcome.kind !== 'done') return { kind: 'unanswered', code: silenceCode(outcome) };
  const { value, at: seenAt } = outcome;
  await asTenant(actor.scope, (tx) => keepReading(tx, on, value, seenAt));
  const grant = readGrant(value);
  if (grant.rank === null) return { kind: 'refused', code: grant.code, seenAt };
  const { rank, rank1EndsAt } = grant;
  const rank1Until = rank1EndsAt && expiryBoundary(rank1EndsAt);
  const cabinet = { count, most: on.maxOptions };
  const koban = await readKobanLimit(on.promoterId);
  const expiresAt = expiryOf(seenAt, on.optionHours);
  return { kind: 'granted', rank, rank1Until, expiresAt, seenAt, prospects, cabinet, koban };
}
