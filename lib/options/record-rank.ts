import { and, eq, ne, or, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { PromoterId } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Runner } from '@/lib/operations/definition';
import { RANK_UNPROVEN, type Rank } from './rules';

/**
 * Sets the rank that a placed option has in Koban and, for rank 1, the end that Koban gives it. A rank that moved is told to
 * its partner; an end that is only better known is shown, and no more.
 * @param proven this is what the reading shows of a rank that was not proven yet
 */
export async function recordRank(
  tx: TenantTx,
  actor: Runner,
  own: { id: string; promoter: PromoterId; cabinetId: string; rank: number },
  { rank, until, proven }: { rank: Rank; until: Date | null; proven: boolean },
): Promise<void> {
  const { id, promoter, cabinetId, rank: before } = own;
  const told = sql`nullif(${option.code}, ${RANK_UNPROVEN})`;
  const [moved] = await tx
    .update(option)
    .set({ rank, ...(proven && { code: told }), ...(until && { expiresAt: until, expiryFromKoban: true }) })
    .where(
      and(
        eq(option.id, id),
        eq(option.state, 'placed'),
        or(
          ne(option.rank, rank),
          proven ? eq(option.code, RANK_UNPROVEN) : undefined,
          until ? ne(option.expiresAt, until) : undefined,
        ),
      ),
    )
    .returning({ lot: option.lotExtcode, expiresAt: option.expiresAt });
  if (!moved) return;
  if (rank !== before) {
    await writeAudit(tx, actor, {
      action: 'option.rank-moved',
      subjectType: 'option',
      subjectId: id,
      promoter,
      cabinet: cabinetId,
      facts: { lot: moved.lot, rank, code: null, until: moved.expiresAt.toISOString() },
    });
  }
  await announce(tx, { kind: 'act', promoter, cabinet: cabinetId, act: 'option', id });
}
