import { and, eq, gt, lte } from 'drizzle-orm';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { SystemActor } from '@/lib/core/scope';
import { option, promoter } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { lotPath, paramsOf, type Telling } from './collect-acts';
import { deliverNotices } from './deliver-notices';
import { optionRows } from './read-acts';
import { reminderOf } from './rules';

const DAY_MS = 86_400_000;

/**
 * Reminds of the options of one promoter that end within a day, and again within two hours: once each for one end, so that an
 * option put off is reminded of anew. A server that slept reminds of what is still ahead.
 * @returns how many notices are new
 */
export async function remindExpiries(actor: SystemActor, clock: Clock = systemClock): Promise<number> {
  const now = clock.now();
  const tellings = await asTenant(actor.scope, async (tx) => {
    const [owner] = await tx
      .select({ slug: promoter.slug })
      .from(promoter)
      .where(eq(promoter.id, actor.promoter));
    if (!owner) return [];
    const rows = await optionRows(tx).where(
      and(
        eq(option.promoterId, actor.promoter),
        eq(option.state, 'placed'),
        gt(option.expiresAt, now),
        lte(option.expiresAt, new Date(now.getTime() + DAY_MS)),
      ),
    );
    return rows.flatMap((row): Telling[] => {
      const code = reminderOf({ placedAt: row.placedAt, expiresAt: row.until }, now);
      if (code === null) return [];
      const until = row.until.toISOString();
      return [
        {
          code,
          params: paramsOf({
            prospect: row.prospect,
            lot: row.lot,
            programme: row.programme,
            rank: row.rank,
            until,
          }),
          href: lotPath(owner.slug, row.extcode),
          once: `option:${row.id}:${code}:${until}`,
          programme: null,
          cabinet: row.cabinet,
          account: row.account,
          team: true,
          doer: null,
          alert: null,
        },
      ];
    });
  });
  return deliverNotices(actor, tellings, now);
}
