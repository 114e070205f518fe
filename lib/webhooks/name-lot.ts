import { and, desc, eq } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { lot, webhookEvent } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { readText } from '@/lib/koban/wire';
import type { EventRow } from './process-event';

/** The lot that a call is about. `unreadable`: it names none; `unknown-lot`: by a guid that the mirror does not know. */
export type NamedLot = { kind: 'named'; extcode: string } | { kind: 'unreadable' } | { kind: 'unknown-lot' };

/** Finds the lot that a call is about: by its code, else by Koban's guid of it; the code is kept with the call from then on. */
export async function nameLot(tx: TenantTx, actor: SystemActor, row: EventRow): Promise<NamedLot> {
  if (row.lotExtcode !== null) return { kind: 'named', extcode: row.lotExtcode };
  const guid = readText(row.fields.Deal_Guid) ?? readText(row.fields.DealId);
  if (guid === null) return { kind: 'unreadable' };
  // A lot that came back under another code left a withdrawn row of the same guid.
  const [found] = await tx
    .select({ extcode: lot.extcode })
    .from(lot)
    .where(and(eq(lot.promoterId, actor.promoter), eq(lot.guid, guid)))
    .orderBy(desc(lot.withdrawnAt))
    .limit(1);
  if (!found) return { kind: 'unknown-lot' };
  await tx.update(webhookEvent).set({ lotExtcode: found.extcode }).where(eq(webhookEvent.id, row.id));
  return { kind: 'named', extcode: found.extcode };
}
