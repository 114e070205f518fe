import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, convention } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { stillPermitted, stillPermittedOnHeld } from './queries';
import {
  acceptedDenonciation,
  addPartner,
  closeProgramme,
  type Office,
  openOffice,
  standing,
  testKoban,
} from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let office: Office;
let partner: PartnerActor;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  partner = await addPartner([office]);
  return () => office.close();
});
afterAll(() => db.close());

describe('what the machine may still send for the author of an act', () => {
  const permitted = async (id: string) => {
    const { operation } = await standing(id);
    return asTenant(partner.scope, async (tx) => ({
      begun: await stillPermitted(tx, operation),
      held: await stillPermittedOnHeld(tx, operation),
    }));
  };

  it.each(['inactive', 'withdrawn'] as const)('where the programme is %s: what is held only', async (how) => {
    const id = await acceptedDenonciation(partner, office);
    expect(await permitted(id)).toEqual({ begun: true, held: true });
    await closeProgramme(office, how);
    expect(await permitted(id)).toEqual({ begun: false, held: true });
  });

  it('nothing at all once the account or the convention is shut', async () => {
    const id = await acceptedDenonciation(partner, office);
    const mine = eq(account.id, partner.account);
    await asSystem((tx) => tx.update(account).set({ disabledAt: new Date() }).where(mine));
    expect(await permitted(id)).toEqual({ begun: false, held: false });
    await asSystem(async (tx) => {
      await tx.update(account).set({ disabledAt: null }).where(mine);
      await tx
        .update(convention)
        .set({ suspendedAt: new Date() })
        .where(eq(convention.cabinetId, partner.cabinet));
    });
    expect(await permitted(id)).toEqual({ begun: false, held: false });
  });
});
