import { and, eq } from 'drizzle-orm';
import { expiryBoundary } from '@/lib/core/half-hours';
import { operation, option } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { enqueue, followOne } from '@/lib/jobs/enqueue';
import { getLotStatus } from '@/lib/koban/options';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { recordLotStatus } from '@/lib/stock/queries';
import { keepReading, readGrant } from './read-grant';
import { recordRank } from './record-rank';
import { RANK_UNPROVEN, rankAsRead, ranksTaken } from './rules';
import { askedOf, dataSchema } from './settle-option';

/**
 * Tells the stock mirror of an option just placed or refused, asks for its next pull, and reads the lot again. The option thereby learns
 * its rank, for Koban may have granted another than was asked for, and one of rank 1 its exact end: Koban gives the date of rank 1
 * only (GetLotStatus, « EndDate »). Without an answer the rank stays unproven, and the end computed from the promoter's option life stands.
 */
export async function refreshOption(runner: Runner, ref: OperationRef): Promise<void> {
  const row = await asTenant(runner.scope, (tx) => readPlaced(tx, ref));
  if (!row) return;
  const pull = enqueue(followOne, { promoterId: ref.promoter }, { singletonKey: ref.promoter });
  await Promise.all([pull, readAgain(runner, ref, row)]);
}

async function readAgain(runner: Runner, ref: OperationRef, row: OptionRow): Promise<void> {
  const outcome = await getLotStatus(await kobanFor(ref.promoter), row.extcode);
  if (outcome.kind !== 'done') return;
  const { value, at: seenAt } = outcome;
  await asTenant(runner.scope, async (tx) => {
    await keepReading(tx, { promoterId: ref.promoter, extcode: row.extcode }, value, seenAt);
    const [left] = await tx
      .select({ rank: option.rank, cabinetId: option.cabinetId })
      .from(option)
      .where(and(eq(option.id, row.id), eq(option.state, 'placed'), eq(option.code, RANK_UNPROVEN)))
      .for('update');
    if (!left) return;
    const { endDate } = value;
    const asked = askedOf(dataSchema.parse(row.data));
    const rank = rankAsRead(asked, { taken: ranksTaken(readGrant(value)), endDate });
    if (rank === null) return;
    const until = rank === 1 && endDate && endDate > seenAt ? expiryBoundary(endDate) : null;
    const own = { ...left, id: row.id, promoter: ref.promoter };
    await recordRank(tx, runner, own, { rank, until, proven: true });
  });
}

type OptionRow = NonNullable<Awaited<ReturnType<typeof readPlaced>>>;

async function readPlaced(tx: TenantTx, ref: OperationRef) {
  const [row] = await tx
    .select({
      id: option.id,
      extcode: option.lotExtcode,
      rank: option.rank,
      state: option.state,
      expiresAt: option.expiresAt,
      data: operation.data,
      settledAt: operation.settledAt,
    })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .where(eq(option.operationId, ref.id));
  if (row?.state !== 'placed' || !row.settledAt) return row ?? null;
  const { confirmedRank: rank, rank1EndsAt } = dataSchema.parse(row.data);
  const behind = rank1EndsAt === null ? null : new Date(rank1EndsAt);
  await recordLotStatus(tx, ref.promoter, row.extcode, {
    rank,
    rank1EndsAt: rank === 1 ? row.expiresAt : behind,
    seenAt: row.settledAt,
  });
  return row;
}
