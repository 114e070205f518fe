import { env } from '@/lib/core/env';
import { mail } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';
import type { ComposedMail } from './compose-mail';

/**
 * Queues a message in the transaction of what it tells of. Without SMTP_URL it is kept for the operator's mailbox, and says so.
 * @param recipient an address, nothing else
 * @param notice the notice that it tells, read anew before each try to send it
 */
export async function queueMail(
  tx: SystemTx,
  recipient: string,
  message: ComposedMail,
  notice?: number,
): Promise<void> {
  const state = env().SMTP_URL ? 'queued' : 'kept';
  await tx
    .insert(mail)
    .values({ recipient, ...message, state, meta: notice ? { notice: `${notice}` } : null });
}
