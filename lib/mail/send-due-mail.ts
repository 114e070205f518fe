import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { type Clock, systemClock } from '@/lib/core/clock';
import { env } from '@/lib/core/env';
import { faultFacts, log } from '@/lib/core/log';
import { mail } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

/** Hands one message to a mail server. @throws when the server did not take it. */
export type Post = (message: {
  messageId: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
}) => Promise<unknown>;

/** Whether a notice still says what is so. */
export type Stands = (notice: number, now: Date) => Promise<boolean>;

/** Longer than a message whose server answers each command at the last moment: a sender that died gives it back after this. */
const leaseMs = 6 * 60_000;
/** How many messages one round sends at most. */
const batch = 20;
/** One minute, then doubling: the tenth try comes some seventeen hours after the first. */
const firstDelayMs = 60_000;
const triesMax = 10;

/**
 * Sends what is due and says how many went. Each message is claimed when its turn comes and settled after, with no transaction
 * in between: a crash there may send it twice, under one Message-ID, and never loses it. Once sent, its text is wiped: it may
 * hold a link that opens an account. What tells a notice is held against the present first, at each try: what is no longer so is
 * dropped.
 */
export async function sendDueMail(
  stands: Stands,
  post: Post | null = smtp(),
  clock: Clock = systemClock,
): Promise<number> {
  if (!post) return 0;
  let sent = 0;
  for (let turn = 0; turn < batch; turn += 1) {
    const message = await claim(clock.now());
    if (!message) break;
    const { id, subject, html, text, attempts, meta } = message;
    const messageId = `<${id}@${new URL(env().NEXTAUTH_URL).hostname}>`;
    try {
      if (meta?.notice && !(await stands(Number(meta.notice), clock.now()))) {
        await settle(id, { state: 'dropped', html: '', text: '', lastError: null });
        continue;
      }
      await post({ messageId, from: env().MAIL_FROM, to: message.recipient, subject, html, text });
      await settle(id, { state: 'sent', sentAt: clock.now(), html: '', text: '', lastError: null });
      sent += 1;
    } catch (fault) {
      const { fault: name, code } = faultFacts(fault);
      log().warn({ mail: id, attempts, fault: name, code }, 'mail not sent');
      const nextAttemptAt = new Date(clock.now().getTime() + firstDelayMs * 2 ** (attempts - 1));
      const lastError = code ?? name;
      await settle(id, attempts >= triesMax ? { state: 'failed', lastError } : { nextAttemptAt, lastError });
    }
  }
  return sent;
}

function claim(now: Date) {
  return asSystem(async (tx) => {
    const [due] = await tx
      .select({ id: mail.id })
      .from(mail)
      .where(and(eq(mail.state, 'queued'), lte(mail.nextAttemptAt, now)))
      .orderBy(asc(mail.createdAt))
      .limit(1)
      .for('update', { skipLocked: true });
    if (!due) return null;
    const [claimed] = await tx
      .update(mail)
      .set({ attempts: sql`${mail.attempts} + 1`, nextAttemptAt: new Date(now.getTime() + leaseMs) })
      .where(eq(mail.id, due.id))
      .returning();
    return claimed ?? null;
  });
}

function settle(id: string, outcome: Partial<typeof mail.$inferInsert>): Promise<unknown> {
  return asSystem((tx) => tx.update(mail).set(outcome).where(eq(mail.id, id)));
}

let transport: Post | null | undefined;

/** The mail server of SMTP_URL; null when none is set. */
function smtp(): Post | null {
  if (transport === undefined) {
    const url = env().SMTP_URL;
    const waits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
    const server = url ? createTransport({ url, ...waits }) : null;
    transport = server ? (message) => server.sendMail(message) : null;
  }
  return transport;
}
