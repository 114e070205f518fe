import { lt, sql } from 'drizzle-orm';
import { lotChange, notification } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

/** What was told more than half a year ago, and what changed more than a year ago, is no longer kept. */
export async function sweepNotices(): Promise<void> {
  await asSystem(async (tx) => {
    await tx.delete(notification).where(lt(notification.createdAt, sql`now() - interval '180 days'`));
    await tx.delete(lotChange).where(lt(lotChange.at, sql`now() - interval '400 days'`));
  });
}
