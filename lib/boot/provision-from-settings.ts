import { eq } from 'drizzle-orm';
import { issueLink } from '@/lib/accounts/issue-link';
import type { Machine } from '@/lib/audit/write-audit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { account, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { KobanAccess } from '@/lib/promoters/change-koban-access';
import { changeKobanAccess } from '@/lib/promoters/change-koban-access';
import { createPromoter } from '@/lib/promoters/create-promoter';
import { promoterSettingsSchema } from '@/lib/promoters/schema';

const machine: Machine = { kind: 'system', name: 'settings' };

/**
 * The short form, KOBAN_URL and its two keys: one promoter, made in an empty database; later its access follows the settings.
 * A database with several promoters is left as it is.
 * @returns a one-time link that creates the promoter's first account, as long as it has none
 */
export async function provisionFromSettings(
  access: KobanAccess,
  webhookSecret: string | undefined,
  clock: Clock = systemClock,
): Promise<string | null> {
  return asSystem(async (tx) => {
    const known = await tx.select({ id: promoter.id }).from(promoter).limit(2);
    if (known.length > 1) return null;
    const promoterId =
      known[0]?.id ??
      (await createPromoter(tx, machine, {
        slug: slugOf(access.url),
        // Until whoever makes the first account says how the promoter is called.
        name: new URL(access.url).hostname,
        koban: access,
        settings: promoterSettingsSchema.parse({}),
        webhook: { secret: webhookSecret },
      }));
    await changeKobanAccess(tx, machine, { promoterId, access });
    const staff = await tx
      .select({ id: account.id })
      .from(account)
      .where(eq(account.promoterId, promoterId))
      .limit(1);
    return staff.length > 0 ? null : issueLink(tx, 'first-account', { promoterId }, clock.now());
  });
}

function slugOf(url: string): string {
  const slug = new URL(url).hostname.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return slug || 'promoteur';
}
