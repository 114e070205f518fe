import { desc, eq, sql } from 'drizzle-orm';
import { requireOperator } from '@/lib/auth/session';
import { env } from '@/lib/core/env';
import { mail } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

const shown = 100;

/** The operator's mailbox: the last hundred messages. `sending` is false when no SMTP_URL is set and all is kept here. */
export async function mailbox() {
  await requireOperator();
  const messages = await asSystem((tx) =>
    tx
      .select({
        id: mail.id,
        recipient: mail.recipient,
        subject: mail.subject,
        state: mail.state,
        attempts: mail.attempts,
        lastError: mail.lastError,
        createdAt: mail.createdAt,
      })
      .from(mail)
      .orderBy(desc(mail.createdAt), desc(mail.id))
      .limit(shown),
  );
  return { sending: env().SMTP_URL !== undefined, messages };
}

/** One message with its text; null when there is none. A message that was sent has no text left. */
export async function mailboxMessage(id: string) {
  await requireOperator();
  const [row] = await asSystem((tx) =>
    tx
      .select()
      .from(mail)
      .where(eq(sql`${mail.id}::text`, id)),
  );
  return row ?? null;
}
