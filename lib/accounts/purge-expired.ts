import { lt } from 'drizzle-orm';
import { purgeTries } from '@/lib/auth/rate-limit';
import { type Clock, systemClock } from '@/lib/core/clock';
import { accountLink, endedSession, formDraft, mail } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

const dayMs = 24 * 3600_000;
/** A month to answer « I had a message from you », or to finish a form; then addresses, links and a prospect's data go. */
const keptDays = 30;

/** Forgets what no longer serves: counted tries, sessions and links past their end, mail and drafts of a month ago. */
export async function purgeExpired(clock: Clock = systemClock): Promise<void> {
  const now = clock.now();
  const longAgo = new Date(now.getTime() - keptDays * dayMs);
  await asSystem(async (tx) => {
    await purgeTries(tx, now);
    await tx.delete(endedSession).where(lt(endedSession.expiresAt, now));
    await tx.delete(accountLink).where(lt(accountLink.expiresAt, longAgo));
    await tx.delete(mail).where(lt(mail.createdAt, longAgo));
    await tx.delete(formDraft).where(lt(formDraft.savedAt, longAgo));
  });
}
