import { eq } from 'drizzle-orm';
import { promoter } from '@/lib/db/schema/all';
import type { SystemTx, TenantTx } from '@/lib/db/tenancy';
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

/** A promoter without its secrets. `id` is plain: a gate or a job mints the right to act for it. */
export type Promoter = Awaited<ReturnType<typeof allPromoters>>[number];

const withDefaults = <Row extends { settings: unknown }>(row: Row) => ({
  ...row,
  settings: promoterSettingsSchema.parse(row.settings),
});

/** Every promoter of the deployment, by name. */
export async function allPromoters(tx: SystemTx) {
  return (await tx.select(columns).from(promoter).orderBy(promoter.name, promoter.id)).map(withDefaults);
}

/** The promoter of this id within what the transaction may see; null when there is none. */
export async function promoterById(tx: TenantTx | SystemTx, id: string): Promise<Promoter | null> {
  const [row] = await tx.select(columns).from(promoter).where(eq(promoter.id, id));
  return row ? withDefaults(row) : null;
}

/** The promoter of this slug within what the transaction may see; null when there is none. */
export async function promoterBySlug(tx: TenantTx | SystemTx, slug: string): Promise<Promoter | null> {
  const [row] = await tx.select(columns).from(promoter).where(eq(promoter.slug, slug));
  return row ? withDefaults(row) : null;
}
