import { eq } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { promoter } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import { createKobanClient, type KobanClient } from '@/lib/koban/client';
import { openKeys } from './change-koban-access';
import { promoterSettingsSchema } from './schema';

const columns = {
  id: promoter.id,
  slug: promoter.slug,
  name: promoter.name,
  kobanUrl: promoter.kobanUrl,
  kobanAccount: promoter.kobanAccount,
  webhookToken: promoter.webhookToken,
  settings: promoter.settings,
  stockVersion: promoter.stockVersion,
};

const withDefaults = <Row extends { settings: unknown }>(row: Row) => ({
  ...row,
  settings: promoterSettingsSchema.parse(row.settings),
});

/** Every promoter of the deployment without its secrets, by name. `id` is plain: a gate or a job mints the right to act for it. */
export async function allPromoters(tx: SystemTx) {
  return (await tx.select(columns).from(promoter).orderBy(promoter.name, promoter.id)).map(withDefaults);
}

/** Ten seconds: how long changed keys may take to reach every process. */
const freshMs = 10_000;

type Kept = { readAt: number; sealed: string; client: KobanClient };
const clients = new Map<PromoterId, Kept>();

/**
 * The client of a promoter's Koban account; made anew when its address or keys change. `now`: as they are at this moment, for who
 * keeps what it answers. @throws when the promoter is unknown.
 */
export async function kobanFor(
  promoterId: PromoterId,
  asOf: 'lately' | 'now' = 'lately',
): Promise<KobanClient> {
  const known = clients.get(promoterId);
  if (asOf === 'lately' && known && Date.now() - known.readAt < freshMs) return known.client;
  const readAt = Date.now();
  const [row] = await asSystem((tx) =>
    tx
      .select({ url: promoter.kobanUrl, keys: promoter.kobanKeysSealed })
      .from(promoter)
      .where(eq(promoter.id, promoterId)),
  );
  if (!row) throw new Error('There is no such promoter');
  const sealed = `${row.url}\n${row.keys}`;
  const client =
    known?.sealed === sealed
      ? known.client
      : createKobanClient({ baseUrl: row.url, ...openKeys(row.keys, promoterId) });
  clients.set(promoterId, { readAt, sealed, client });
  return client;
}
