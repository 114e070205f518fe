import { and, eq, isNull } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { expiryBoundary } from '@/lib/core/half-hours';
import type { SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';

/**
 * Writes that Koban has prolonged a placed option: it now ends at the first half hour not before `prolongedTo`. An option is
 * prolonged once (Koban Immobilier, Prolong errorcode 02), so a second telling changes nothing.
 * @returns false when nothing was written
 */
export async function recordProlonged(
  tx: TenantTx,
  actor: SystemActor,
  { id, cabinetId }: { id: string; cabinetId: string },
  prolongedTo: Date,
): Promise<boolean> {
  const until = expiryBoundary(prolongedTo);
  const [prolonged] = await tx
    .update(option)
    .set({ prolongedTo, expiresAt: until, expiryFromKoban: true, code: null, kobanMessage: null })
    .where(and(eq(option.id, id), eq(option.state, 'placed'), isNull(option.prolongedTo)))
    .returning({ lot: option.lotExtcode, rank: option.rank });
  if (!prolonged) return false;
  const { promoter } = actor;
  await writeAudit(tx, actor, {
    action: 'option.prolonged',
    subjectType: 'option',
    subjectId: id,
    promoter,
    cabinet: cabinetId,
    facts: { lot: prolonged.lot, rank: prolonged.rank, code: null, until: until.toISOString() },
  });
  await announce(tx, { kind: 'act', promoter, cabinet: cabinetId, act: 'option', id });
  return true;
}
