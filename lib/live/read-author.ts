import { eq } from 'drizzle-orm';
import { asCabinetId, asPromoterId, mintScope } from '@/lib/core/mint';
import type { Announcement } from '@/lib/db/announce';
import { denonciation, option, reservation } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';

const tables = { denonciation, option, reservation };

/** The account that filed an act; null when the act is not there any more. */
export async function readAuthor({
  promoter,
  cabinet,
  act,
  id,
}: Extract<Announcement, { kind: 'act' }>): Promise<string | null> {
  const scope = mintScope([asPromoterId(promoter)], asCabinetId(cabinet));
  const table = tables[act];
  const [row] = await asTenant(scope, (tx) =>
    tx.select({ account: table.accountId }).from(table).where(eq(table.id, id)),
  );
  return row?.account ?? null;
}
