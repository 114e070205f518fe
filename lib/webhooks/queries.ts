import { and, count, desc, eq, ilike, or, sql } from 'drizzle-orm';
import { env } from '@/lib/core/env';
import type { StaffActor } from '@/lib/core/scope';
import { unseal } from '@/lib/core/seal';
import { account, promoter, webhookEvent } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { type EventFilter, type EventPage, eventNames, type WebhookAddresses } from './schema';

const PAGE = 25;

/** Koban's calls to this promoter, latest first. */
export async function listEvents(actor: StaffActor, filter: EventFilter): Promise<EventPage> {
  const found = and(
    eq(webhookEvent.promoterId, actor.promoter),
    filter.event === null ? undefined : eq(webhookEvent.event, filter.event),
    filter.q === ''
      ? undefined
      : or(
          ilike(webhookEvent.lotExtcode, inside(filter.q)),
          sql`${webhookEvent.fields}::text ilike ${inside(filter.q)}`,
        ),
  );
  return asTenant(actor.scope, async (tx) => {
    const perState = await tx
      .select({ state: webhookEvent.state, n: count() })
      .from(webhookEvent)
      .where(found)
      .groupBy(webhookEvent.state);
    const total = perState
      .filter(({ state }) => filter.state === null || state === filter.state)
      .reduce((sum, { n }) => sum + n, 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines = await tx
      .select({
        id: webhookEvent.id,
        event: webhookEvent.event,
        receivedAt: webhookEvent.receivedAt,
        lotExtcode: webhookEvent.lotExtcode,
        fields: webhookEvent.fields,
        state: webhookEvent.state,
        code: webhookEvent.code,
        attempts: webhookEvent.attempts,
        processedAt: webhookEvent.processedAt,
        replayedBy: account.name,
      })
      .from(webhookEvent)
      .leftJoin(account, eq(account.id, webhookEvent.replayedBy))
      .where(and(found, filter.state === null ? undefined : eq(webhookEvent.state, filter.state)))
      .orderBy(desc(webhookEvent.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return {
      lines,
      total,
      page,
      pages,
      counts: Object.fromEntries(perState.map(({ state, n }) => [state, n])),
    };
  });
}

const inside = (typed: string) => `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The addresses and the secret that Koban must call this promoter with. For its staff's eyes; never logged. */
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
  const urlOf = (event: string) =>
    new URL(`/api/webhooks/koban/${row.token}/${event}`, env().NEXTAUTH_URL).href;
  return {
    addresses: (['option-check', ...eventNames] as const).map((event) => ({ event, url: urlOf(event) })),
    secret: unseal(row.sealed, actor.promoter),
    oldUntil: row.oldUntil && row.oldUntil > new Date() ? row.oldUntil : null,
  };
}
