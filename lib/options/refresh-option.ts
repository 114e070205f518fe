import { and, eq, gt } from 'drizzle-orm';
import { expiryBoundary } from '@/lib/core/half-hours';
import { option } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { keepReading } from './read-grant';

/**
 * Reads the lot again once an option is placed on it, or refused. The mirror learns what is true, and an option of rank 1 its
 * exact end: Koban gives the date of rank 1 only (GetLotStatus, « EndDate »). Without an answer nothing changes: the end
 * computed from the promoter's option life stands.
 */
export async function refreshOption(runner: Runner, ref: OperationRef): Promise<void> {
  const [row] = await asTenant(runner.scope, (tx) =>
    tx
      .select({ id: option.id, extcode: option.lotExtcode, rank: option.rank, state: option.state })
      .from(option)
      .where(eq(option.operationId, ref.id)),
  );
  if (!row) return;
  const outcome = await getLotStatus(await kobanFor(ref.promoter), row.extcode);
  if (outcome.kind !== 'done') return;
  const { value, at: seenAt } = outcome;
  await asTenant(runner.scope, async (tx) => {
    await keepReading(tx, { promoterId: ref.promoter, extcode: row.extcode }, value, seenAt);
    if (row.state !== 'placed' || row.rank !== 1 || !value.endDate || value.endDate <= seenAt) return;
    await tx
      .update(option)
      .set({ expiresAt: expiryBoundary(value.endDate), expiryFromKoban: true })
      .where(and(eq(option.id, row.id), eq(option.state, 'placed'), gt(option.expiresAt, seenAt)));
  });
}
