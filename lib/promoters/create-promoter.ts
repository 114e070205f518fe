import { type Machine, writeAudit } from '@/lib/audit/write-audit';
import { newId, randomToken } from '@/lib/core/ids';
import type { OperatorActor } from '@/lib/core/scope';
import { seal } from '@/lib/core/seal';
import { promoter } from '@/lib/db/schema/all';
import type { PromoterSettings } from '@/lib/db/schema/promoters';
import type { SystemTx } from '@/lib/db/tenancy';
import { type KobanAccess, sealAccess } from './change-koban-access';

export type NewPromoter = {
  slug: string;
  name: string;
  koban: KobanAccess;
  settings: PromoterSettings;
  /** What Koban's webhooks must show; made at random when not given. */
  webhook: { token?: string; secret?: string };
};

/** Makes a promoter, its secrets sealed. @returns its id. @throws when the slug or the webhook's token is taken. */
export async function createPromoter(
  tx: SystemTx,
  actor: OperatorActor | Machine,
  { koban, webhook, ...named }: NewPromoter,
): Promise<string> {
  const id = newId();
  await tx.insert(promoter).values({
    id,
    ...named,
    ...sealAccess(id, koban),
    webhookToken: webhook.token ?? randomToken(24),
    webhookSecretSealed: seal(webhook.secret ?? randomToken(32), id),
  });
  await writeAudit(tx, actor, {
    action: 'promoter.created',
    subjectType: 'promoter',
    subjectId: id,
    promoter: id,
  });
  return id;
}
