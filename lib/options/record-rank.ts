import { and, eq, ne, or } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Rank } from './rules';

/**
 * Sets the rank that a placed option has in Koban and, for rank 1, the end that Koban gives it. A rank that moved is told to
 * its partner; an end that is only better known is shown, and no more.
 */
export async function recordRank(
  tx: TenantTx,
  actor: SystemActor,
  { id, cabinetId, rank: before }: { id: string; cabinetId: string; rank: number },
  { rank, until }: { rank: Rank; until: Date | null },
): Promise<void> {
  const [moved] = await tx
    .update(option)
    .set({ rank, ...(until && { expiresAt: until, expiryFromKoban: true }) })
    .where(
      and(
        eq(option.id, id),
        eq(option.state, 'placed'),
        or(ne(option.rank, rank), until ? ne(option.expiresAt, until) : undefined),
      ),
    )
    .returning({ lot: option.lotExtcode, expiresAt: option.expiresAt });
  if (!moved) return;
  const { promoter } = actor;
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
