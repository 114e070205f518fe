import { and, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { StaffActor } from '@/lib/core/scope';
import { account, lead } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import type { LeadFilter, LeadPage } from './schema';

const PAGE = 25;

/** The leads of this promoter, latest first. */
export async function listLeads(actor: StaffActor, filter: LeadFilter): Promise<LeadPage> {
  const typed = `%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const mine = and(
    eq(lead.promoterId, actor.promoter),
    filter.q === ''
      ? undefined
      : sql`concat_ws(' ', ${lead.lastName}, ${lead.firstName}, ${lead.email}, ${lead.phone}, ${lead.mobile}, ${lead.comments}) ilike ${typed}`,
  );
  return asTenant(actor.scope, async (tx) => {
    const [all] = await tx
      .select({ total: count(), handled: count(lead.handledAt) })
      .from(lead)
      .where(mine);
    const counts = { handled: all?.handled ?? 0, open: (all?.total ?? 0) - (all?.handled ?? 0) };
    const total = filter.state === null ? counts.open + counts.handled : counts[filter.state];
    const pages = Math.max(1, Math.ceil(total / PAGE));
    const page = Math.min(filter.page, pages);
    const lines = await tx
      .select({
        id: lead.id,
        contactType: lead.contactType,
        lastName: lead.lastName,
        firstName: lead.firstName,
        email: lead.email,
        phone: lead.phone,
        mobile: lead.mobile,
        tags: lead.tags,
        comments: lead.comments,
        optin: lead.optin,
        fields: lead.fields,
        receivedAt: lead.receivedAt,
        handledAt: lead.handledAt,
        handledBy: account.name,
      })
      .from(lead)
      .leftJoin(account, eq(account.id, lead.handledBy))
      .where(and(mine, handledIs(filter.state)))
      .orderBy(desc(lead.receivedAt), desc(lead.id))
      .limit(PAGE)
      .offset((page - 1) * PAGE);
    return { lines, total, page, pages, counts };
  });
}

function handledIs(state: LeadFilter['state']) {
  if (state === null) return undefined;
  return state === 'open' ? isNull(lead.handledAt) : isNotNull(lead.handledAt);
}
