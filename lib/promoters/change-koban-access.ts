import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import type { OperatorActor } from '@/lib/core/scope';
import { seal, sha256, unseal } from '@/lib/core/seal';
import { promoter } from '@/lib/db/schema/all';
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

/** Gives a promoter another Koban address or keys; every process follows within ten seconds. Unchanged: nothing happens. */
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
  await writeAudit(tx, actor, {
    action: 'promoter.koban-changed',
    subjectType: 'promoter',
    subjectId: promoterId,
    promoter: promoterId,
  });
}
