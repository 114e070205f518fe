import { and, count, desc, eq, type SQL } from 'drizzle-orm';
import { env } from '@/lib/core/env';
import type { StaffActor } from '@/lib/core/scope';
import { unseal } from '@/lib/core/seal';
import { account, lead, promoter, webhookEvent } from '@/lib/db/schema/all';
import { webhookEvents } from '@/lib/db/schema/webhooks';
import { asTenant } from '@/lib/db/tenancy';

/** Rows of one page. */
const PAGE = 50;

/** What the log of calls is filtered on; pages count from 1. `lot`: its code, whole. */
export type EventFilter = {
  state: (typeof webhookEvent.$inferSelect)['state'] | null;
  event: (typeof webhookEvents)[number] | null;
  lot: string;
  page: number;
};

/** One line of the log: no fields, which hold personal data. */
export type EventLine = Pick<
  typeof webhookEvent.$inferSelect,
  | 'id'
  | 'event'
  | 'receivedAt'
  | 'lotExtcode'
  | 'state'
  | 'code'
  | 'attempts'
  | 'nextAttemptAt'
  | 'processedAt'
> & { replayedBy: string | null };
/** One call whole, as it came. */
export type EventDetail = EventLine & { fields: Record<string, string> };
export type EventPage = {
  lines: EventLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<EventLine['state'], number>>;
};

const line = {
  id: webhookEvent.id,
  event: webhookEvent.event,
  receivedAt: webhookEvent.receivedAt,
  lotExtcode: webhookEvent.lotExtcode,
  state: webhookEvent.state,
  code: webhookEvent.code,
  attempts: webhookEvent.attempts,
  nextAttemptAt: webhookEvent.nextAttemptAt,
  processedAt: webhookEvent.processedAt,
  replayedBy: account.name,
};

/** The calls of this promoter's Koban, latest first. `counts`: how many per state, whatever the state filtered on. */
export async function listEvents(actor: StaffActor, filter: EventFilter): Promise<EventPage> {
  const found: SQL | undefined = and(
    eq(webhookEvent.promoterId, actor.promoter),
    filter.event ? eq(webhookEvent.event, filter.event) : undefined,
    filter.lot ? eq(webhookEvent.lotExtcode, filter.lot) : undefined,
  );
  return asTenant(actor.scope, async (tx) => {
    const perState = await tx
      .select({ state: webhookEvent.state, count: count() })
      .from(webhookEvent)
      .where(found)
      .groupBy(webhookEvent.state);
    const total = perState
      .filter(({ state }) => filter.state === null || state === filter.state)
      .reduce((sum, row) => sum + row.count, 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines = await tx
      .select(line)
      .from(webhookEvent)
      .leftJoin(account, eq(account.id, webhookEvent.replayedBy))
      .where(and(found, filter.state ? eq(webhookEvent.state, filter.state) : undefined))
      .orderBy(desc(webhookEvent.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    const counts = Object.fromEntries(perState.map(({ state, count: n }) => [state, n]));
    return { lines, total, page, pages, counts };
  });
}

/** One call of this promoter's Koban, with its fields; null when there is none of that number. */
export async function oneEvent(actor: StaffActor, id: number): Promise<EventDetail | null> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx
      .select({ ...line, fields: webhookEvent.fields })
      .from(webhookEvent)
      .leftJoin(account, eq(account.id, webhookEvent.replayedBy))
      .where(and(eq(webhookEvent.promoterId, actor.promoter), eq(webhookEvent.id, id))),
  );
  return row ?? null;
}

export type LeadLine = Omit<typeof lead.$inferSelect, 'promoterId' | 'eventId' | 'handledBy'> & {
  handledBy: string | null;
};

/** Contacts and requests that Koban passed on to this promoter's portal, latest first. */
export async function listLeads(
  actor: StaffActor,
  asked: { page: number },
): Promise<{ lines: LeadLine[]; total: number; page: number; pages: number }> {
  const mine = eq(lead.promoterId, actor.promoter);
  return asTenant(actor.scope, async (tx) => {
    const [counted] = await tx.select({ total: count() }).from(lead).where(mine);
    const total = counted?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(asked.page, pages);
    const rows = await tx
      .select({ lead, handler: account.name })
      .from(lead)
      .leftJoin(account, eq(account.id, lead.handledBy))
      .where(mine)
      .orderBy(desc(lead.receivedAt), desc(lead.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    const lines = rows.map(({ lead: { promoterId, eventId, handledBy, ...rest }, handler }) => ({
      ...rest,
      handledBy: handler,
    }));
    return { lines, total, page, pages };
  });
}

/** What the promoter's Koban administrator copies into Koban. `oldUntil`: until when the secret before this one still opens. */
export type WebhookAddresses = {
  addresses: {
    event: (typeof webhookEvents)[number] | 'option-check';
    method: 'GET' | 'POST';
    url: string;
  }[];
  secret: string;
  oldUntil: Date | null;
};

/** The addresses and the secret to copy into Koban: for the promoter's own staff alone. */
export async function webhookAddresses(actor: StaffActor): Promise<WebhookAddresses> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx
      .select({
        token: promoter.webhookToken,
        sealed: promoter.webhookSecretSealed,
        oldUntil: promoter.webhookOldUntil,
      })
      .from(promoter)
      .where(eq(promoter.id, actor.promoter)),
  );
  if (!row) throw new Error('There is no such promoter');
  const url = (event: string) =>
    new URL(`/api/webhooks/koban/${row.token}/${event}`, env().NEXTAUTH_URL).href;
  return {
    addresses: [
      { event: 'option-check', method: 'GET', url: url('option-check') },
      ...webhookEvents.map((event) => ({ event, method: 'POST' as const, url: url(event) })),
    ],
    secret: unseal(row.sealed, actor.promoter),
    oldUntil: row.oldUntil && row.oldUntil > new Date() ? row.oldUntil : null,
  };
}
