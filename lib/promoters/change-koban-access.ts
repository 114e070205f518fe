import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import type { OperatorActor } from '@/lib/core/scope';
import { seal, sha256, unseal } from '@/lib/core/seal';
import { lot, promoter, stockSync } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';

/** Access to a Koban account: its address up to and including `/api/v1`, and the two keys. */
export type KobanAccess = { url: string; apiKey: string; userKey: string };

const keysSchema = z.object({ apiKey: z.string(), userKey: z.string() });

/** The keys that `sealAccess` put away. @throws when they were sealed for another promoter or under another key. */
export const openKeys = (sealed: string, promoterId: string) =>
  keysSchema.parse(JSON.parse(unseal(sealed, promoterId)));

/** What the database keeps of a promoter's access to Koban: the keys are sealed for that promoter alone. */
export function sealAccess(promoterId: string, { url, apiKey, userKey }: KobanAccess) {
  return {
    kobanUrl: url,
    kobanKeysSealed: seal(JSON.stringify({ apiKey, userKey }), promoterId),
    kobanAccount: sha256(`${new URL(url).host}\n${apiKey}`),
  };
}

/**
 * Gives a promoter another Koban address or keys; every process follows within ten seconds. Unchanged: nothing happens. Another
 * address or API key may be another Koban: the mirror begins again.
 */
export async function changeKobanAccess(
  tx: SystemTx,
  actor: OperatorActor | Machine,
  { promoterId, access }: { promoterId: string; access: KobanAccess },
): Promise<void> {
  const [row] = await tx
    .select({ url: promoter.kobanUrl, sealed: promoter.kobanKeysSealed })
    .from(promoter)
    .where(eq(promoter.id, promoterId));
  if (!row) return;
  const keys = openKeys(row.sealed, promoterId);
  if (row.url === access.url && keys.apiKey === access.apiKey && keys.userKey === access.userKey) return;
  await tx.update(promoter).set(sealAccess(promoterId, access)).where(eq(promoter.id, promoterId));
  if (row.url !== access.url || keys.apiKey !== access.apiKey) await beginMirrorAgain(tx, promoterId);
  await writeAudit(tx, actor, {
    action: 'promoter.koban-changed',
    subjectType: 'promoter',
    subjectId: promoterId,
    promoter: promoterId,
  });
}

/**
 * The next pull asks for everything, and no lot can be acted on until the Koban that is now the promoter's lists it: the same code
 * may be another lot there. A pull in hand still reads the Koban of before: it loses its lease, and writes nothing more.
 */
async function beginMirrorAgain(tx: SystemTx, promoterId: string): Promise<void> {
  const lastPullLost = { leaseUntil: null, fence: sql`${stockSync.fence} + 1`, phase: 'waiting' as const };
  const noFault = { lastFault: null, reconcileFault: null, reconcileGone: null, reconcileConfirmed: null };
  await tx
    .update(stockSync)
    .set({ ...lastPullLost, ...noFault, watermark: null, fullDoneAt: null })
    .where(eq(stockSync.promoterId, promoterId));
  const [raised] = await tx
    .update(promoter)
    .set({ stockVersion: sql`${promoter.stockVersion} + 1` })
    .where(eq(promoter.id, promoterId))
    .returning({ version: promoter.stockVersion });
  if (!raised) throw new Error('There is no such promoter');
  // Without a hash the row is written whole when its lot comes again.
  const unread = { contentHash: '', optionRank: null, rank1EndsAt: null, optionSeenAt: null };
  await tx
    .update(lot)
    .set({ ...unread, actable: false, version: raised.version })
    .where(and(eq(lot.promoterId, promoterId), isNull(lot.withdrawnAt)));
}
