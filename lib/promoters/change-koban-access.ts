import { eq } from 'drizzle-orm';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import type { OperatorActor } from '@/lib/core/scope';
import { promoter } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';
import { type KobanAccess, opensAs, sealAccess } from './koban-account';

/** Gives a promoter another Koban address or keys; every process follows within ten seconds. Unchanged: nothing happens. */
export async function changeKobanAccess(
  tx: SystemTx,
  actor: OperatorActor | Machine,
  { promoterId, access }: { promoterId: string; access: KobanAccess },
): Promise<void> {
  const [row] = await tx
    .select({ url: promoter.kobanUrl, keys: promoter.kobanKeysSealed })
    .from(promoter)
    .where(eq(promoter.id, promoterId));
  if (!row || (row.url === access.url && opensAs(row.keys, promoterId, access))) return;
  await tx.update(promoter).set(sealAccess(promoterId, access)).where(eq(promoter.id, promoterId));
  await writeAudit(tx, actor, {
    action: 'promoter.koban-changed',
    subjectType: 'promoter',
    subjectId: promoterId,
    promoter: promoterId,
  });
}
