import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePromoter, makeStaff } from '@/lib/auth/testing';
import type { Database } from '@/lib/db/client';
import { lead, webhookEvent } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { markLead } from './mark-lead';
import { listLeads } from './queries';
import { leadFilterSchema } from './schema';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

it('is marked handled by its own promoter’s staff, once, and may be put back', async () => {
  const [ours, theirs] = [
    await makeStaff((await makePromoter()).id),
    await makeStaff((await makePromoter()).id),
  ];
  const id = await asSystem(async (tx) => {
    const promoterId = ours.promoter;
    const [event] = await tx
      .insert(webhookEvent)
      .values({ promoterId, event: 'lead', contentHash: 'x', fields: {}, state: 'processed' })
      .returning();
    const [made] = await tx
      .insert(lead)
      .values({
        ...{ promoterId, eventId: event?.id ?? 0, contactType: 'Lead', lastName: 'Delorme' },
        ...{ optin: 'true', fields: 'Budget' },
        receivedAt: new Date(),
      })
      .returning();
    return made?.id ?? '';
  });
  const list = (actor: typeof ours, filter = {}) => listLeads(actor, leadFilterSchema.parse(filter));

  expect((await list(theirs)).total).toBe(0);
  expect(await markLead(theirs, { id, handled: true })).toBe(false);
  expect((await list(ours)).counts).toEqual({ open: 1, handled: 0 });
  expect(await markLead(ours, { id, handled: true })).toBe(true);
  expect(await markLead(ours, { id, handled: true })).toBe(false);
  expect((await list(ours, { state: 'handled', q: 'delorme' })).lines[0]).toMatchObject({
    ...{ lastName: 'Delorme', handledBy: ours.name, handledAt: expect.any(Date) },
    ...{ optin: 'true', fields: 'Budget' },
  });
  expect((await list(ours, { q: 'personne' })).total).toBe(0);
  expect(await markLead(ours, { id, handled: false })).toBe(true);
  expect((await list(ours, { state: 'open' })).total).toBe(1);
});
