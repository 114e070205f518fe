import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { account, convention, lotAlert, lotChange, lot as lots } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, closeProgramme, type Office, openOffice, testKoban } from '@/lib/denonciations/testing';
import { notifyPromoter } from './notify-promoter';
import { listWatches } from './queries';
import { codesTo, optionOf, setLot, teller } from './testing';
import { watchLot } from './watch-lot';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let office: Office;
let partner: PartnerActor;
let extcode: string;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  office = await openOffice();
  partner = await addPartner([office]);
  extcode = office.freeLots[0] ?? '';
  await tell();
  return () => office.close();
});
afterAll(() => db.close());

const tell = () => notifyPromoter(teller(office));
const watch = (kind: 'freed' | 'followed', actor = partner) =>
  watchLot(actor, { promoter: office.slug, extcode, kind });

describe.each(['inactive', 'withdrawn'] as const)('a programme that is %s', (how) => {
  it('has no lot that one may begin to watch', async () => {
    await setLot(office, extcode, { statusCode: 'OPTION' });
    await closeProgramme(office, how);
    for (const kind of ['freed', 'followed'] as const) {
      expect(await watch(kind)).toEqual({ kind: 'refused', code: 'lot-unknown' });
    }
  });

  it('has no lot that is told free, or listed among those one watches', async () => {
    await setLot(office, extcode, { statusCode: 'OPTION' });
    await watch('freed');
    expect(await listWatches(partner)).toHaveLength(1);
    await closeProgramme(office, how);
    await setLot(office, extcode, { statusCode: 'LIBRE' });
    await tell();
    expect(await codesTo(partner)).toEqual([]);
    expect(await listWatches(partner)).toEqual([]);
  });

  it('tells its prices to holders of an option alone, and to whoever follows a lot that it is gone', async () => {
    const holder = await addPartner([office]);
    await optionOf(holder, office, extcode);
    await watch('followed');
    await closeProgramme(office, how);
    const change = (kind: 'price' | 'withdrawn', after: string | null) =>
      asSystem((tx) =>
        tx.insert(lotChange).values({
          ...{ promoterId: office.promoter, extcode, programmeCode: office.programmes[0] ?? '' },
          ...{ kind, before: '30000000', after },
        }),
      );
    await setLot(office, extcode, { priceCents: 31_000_000 });
    await change('price', '31000000');
    await tell();
    expect(await codesTo(holder)).toEqual(['lot-price']);
    expect(await codesTo(partner)).toEqual([]);
    await setLot(office, extcode, { withdrawnAt: new Date() });
    await change('withdrawn', null);
    await tell();
    expect(await codesTo(holder)).toEqual(['lot-price', 'lot-withdrawn']);
    expect(await codesTo(partner)).toEqual(['lot-withdrawn']);
  });
});

it('tells a lot free whoever asked before and may no longer be told', async () => {
  const left = await addPartner([office]);
  const ended = await addPartner([office]);
  const codes = Array.from({ length: 300 }, (_, number) => `FREE-${number}`);
  const programmeCode = office.programmes[0] ?? '';
  await asSystem(async (tx) => {
    await tx.insert(lots).values(
      codes.map((code) => ({
        ...{ promoterId: office.promoter, extcode: code, actable: true, label: code, fields: {} },
        ...{ programmeCode, statusCode: 'LIBRE', secondary: false, contentHash: 'x', version: 0 },
      })),
    );
    for (const asker of [left, ended]) {
      await tx.insert(lotAlert).values(
        codes.map((code) => ({
          ...{ promoterId: office.promoter, cabinetId: asker.cabinet, accountId: asker.account },
          ...{ kind: 'freed' as const, programmeCode, lotExtcode: code },
        })),
      );
    }
    await tx.update(account).set({ disabledAt: new Date() }).where(eq(account.id, left.account));
    await tx
      .update(convention)
      .set({ validUntil: '2020-12-31' })
      .where(eq(convention.cabinetId, ended.cabinet));
  });
  await setLot(office, extcode, { statusCode: 'OPTION' });
  await watch('freed');
  await setLot(office, extcode, { statusCode: 'LIBRE' });
  await tell();
  expect(await codesTo(partner)).toEqual(['lot-freed']);
  expect(await codesTo(left)).toEqual([]);
  expect(await codesTo(ended)).toEqual([]);
});
