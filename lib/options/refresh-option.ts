import { setTimeout as wait } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { expiryBoundary } from '@/lib/core/half-hours';
import type { PromoterId } from '@/lib/core/scope';
import { option } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { enqueue, followOne } from '@/lib/jobs/enqueue';
import { getLotStatus, type LotStatus } from '@/lib/koban/options';
import type { OperationRef, OperationRow, Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { recordLotStatus } from '@/lib/stock/queries';
import { keepReading, readGrant } from './read-grant';
import { shownRank } from './read-rank';
import { recordRank } from './record-rank';
import { RANK_UNPROVEN, type Rank, rankAsRead, ranksTaken } from './rules';
import { askedOf, dataSchema, type OptionData } from './settle-option';

/** How long the reading after an Add may take before the stock shows what was asked for in its place, in milliseconds. */
const SOON_MS = 250;

/** Reads the lot of an option just placed or refused, and asks for the stock mirror's next pull, which alone tells the lot's status. */
export async function refreshOption(runner: Runner, ref: OperationRef, act: OperationRow): Promise<void> {
  try {
    await readRank(runner, ref, act);
  } finally {
    await askForPull(ref.promoter);
  }
}

/** Asks for the stock mirror's next pull. */
export const askForPull = (promoterId: PromoterId): Promise<unknown> =>
  enqueue(followOne, { promoterId }, { singletonKey: promoterId });

/**
 * Reads the lot of an option just placed or refused, for the stock and for the option. It thereby learns its rank, for Koban may have
 * granted another than was asked for, and one of rank 1 its exact end: Koban gives the date of rank 1 only (GetLotStatus, « EndDate »).
 * While there is no answer the stock shows the option as it was asked for; its rank stays unproven, and the end computed from the
 * promoter's option life stands.
 * @returns the option as it stands after the reading; null when it is not placed, or Koban did not answer
 */
export async function readRank(
  runner: Runner,
  ref: OperationRef,
  act: OperationRow,
): Promise<PlacedOption | null> {
  const extcode = act.lotExtcode ?? '';
  const data = dataSchema.parse(act.data);
  const koban = await kobanFor(ref.promoter);
  const asking = getLotStatus(koban, extcode);
  let outcome = await Promise.race([asking, wait(SOON_MS, null, { ref: false })]);
  if (outcome?.kind !== 'done') {
    if (act.state === 'done') await presume(runner, ref, act, data);
    outcome = await asking;
  }
  if (outcome.kind !== 'done') return null;
  const { value, at } = outcome;
  return asTenant(runner.scope, async (tx) => {
    await keepReading(tx, { promoterId: ref.promoter, extcode }, value, at);
    if (act.state !== 'done') return null;
    await proveRank(tx, runner, ref, { data, value, at });
    return readPlaced(tx, data.optionId);
  });
}

async function proveRank(
  tx: TenantTx,
  runner: Runner,
  { promoter }: OperationRef,
  { data, value, at }: { data: OptionData; value: LotStatus; at: Date },
): Promise<void> {
  const { optionId: id } = data;
  const [left] = await tx
    .select({ rank: option.rank, cabinetId: option.cabinetId })
    .from(option)
    .where(and(eq(option.id, id), eq(option.state, 'placed'), eq(option.code, RANK_UNPROVEN)))
    .for('update');
  if (!left) return;
  const { endDate } = value;
  const rank = rankAsRead(askedOf(data), { taken: ranksTaken(readGrant(value)), endDate });
  if (rank === null) return;
  const until = rank === 1 && endDate && endDate > at ? expiryBoundary(endDate) : null;
  await recordRank(tx, runner, { ...left, id, promoter }, { rank, until, proven: true });
}

export type PlacedOption = { id: string; rank: Rank | null; expiresAt: Date; expiryFromKoban: boolean };

/** An option that Koban took, as its partner is told of it: without a rank while none is proven. */
export async function readPlaced(tx: TenantTx, id: string): Promise<PlacedOption | null> {
  const [found] = await tx
    .select({
      id: option.id,
      rank: shownRank,
      expiresAt: option.expiresAt,
      expiryFromKoban: option.expiryFromKoban,
    })
    .from(option)
    .where(eq(option.id, id));
  return found ?? null;
}

/** The stock shows an option that Koban took, at the rank that was asked for: nobody has read it yet. */
async function presume(
  runner: Runner,
  ref: OperationRef,
  act: OperationRow,
  data: OptionData,
): Promise<void> {
  await asTenant(runner.scope, async (tx) => {
    const [placed] = await tx
      .select({ expiresAt: option.expiresAt })
      .from(option)
      .where(and(eq(option.id, data.optionId), eq(option.state, 'placed')));
    if (!placed || !act.settledAt) return;
    const { rank, ahead } = askedOf(data);
    await recordLotStatus(tx, ref.promoter, act.lotExtcode ?? '', {
      rank,
      rank1EndsAt: rank === 1 ? placed.expiresAt : ahead,
      seenAt: act.settledAt,
    });
  });
}
