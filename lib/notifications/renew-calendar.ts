import { eq } from 'drizzle-orm';
import { randomToken } from '@/lib/core/ids';
import type { PartnerActor } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import { calendarFeed } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

/** Makes this person's calendar address anew; the one before answers no more. @returns the token, which is kept nowhere */
export async function renewCalendar(actor: PartnerActor): Promise<string> {
  const token = randomToken(32);
  const made = { tokenHash: sha256(token), createdAt: new Date() };
  await asSystem((tx) =>
    tx
      .insert(calendarFeed)
      .values({ accountId: actor.account, ...made })
      .onConflictDoUpdate({ target: calendarFeed.accountId, set: made }),
  );
  return token;
}

/** Takes this person's calendar address away. */
export async function revokeCalendar(actor: PartnerActor): Promise<void> {
  await asSystem((tx) => tx.delete(calendarFeed).where(eq(calendarFeed.accountId, actor.account)));
}
