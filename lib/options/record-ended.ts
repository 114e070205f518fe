import { and, eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { CabinetId, SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';

/** How an option ended, and how that is known. `unproven`: a reading no longer shows it, and nothing said why. */
export type OptionEnd = {
  state: 'cancelled' | 'expired';
  endedBy: 'partner' | 'promoter' | 'koban' | 'unproven';
  at: Date;
};

/** Writes that a placed option has ended in Koban. @returns false when it was no longer placed: nothing is written */
export async function recordEnded(
  tx: TenantTx,
  actor: SystemActor,
  { id, cabinetId }: { id: string; cabinetId: CabinetId | string },
  { state, endedBy, at }: OptionEnd,
): Promise<boolean> {
  const [ended] = await tx
    .update(option)
    .set({ state, endedBy, endedAt: at, code: null, kobanMessage: null })
    .where(and(eq(option.id, id), eq(option.state, 'placed')))
    .returning({ lot: option.lotExtcode, rank: option.rank, expiresAt: option.expiresAt });
  if (!ended) return false;
  const { promoter } = actor;
  await writeAudit(tx, actor, {
    action: `option.${state}`,
    subjectType: 'option',
    subjectId: id,
    promoter,
    cabinet: cabinetId,
    facts: { lot: ended.lot, rank: ended.rank, code: endedBy, until: ended.expiresAt.toISOString() },
  });
  await announce(tx, { kind: 'act', promoter, cabinet: cabinetId, act: 'option', id });
  return true;
}
