import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accountState, forgetAccounts } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { makeAccount, makePromoter, makeStaff } from '@/lib/auth/testing';
import type { StaffActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { audit, cabinet, programme } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { grantedProgramme } from '@/lib/denonciations/queries';
import { changeConvention, suspendConvention } from './change-convention';
import { createCabinet } from './create-cabinet';
import { findCabinet, listCabinets } from './queries';
import { isSiren } from './rules';
import { type CreateCabinetInput, createCabinetSchema } from './schema';

let db: Database;
let ours: StaffActor;
let theirs: StaffActor;
const now = new Date();
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

async function promoterWith(codes: string[]): Promise<StaffActor> {
  const { id: promoterId } = await makePromoter();
  await asSystem((tx) =>
    tx.insert(programme).values(
      codes.map((code) => ({
        ...{ promoterId, code, label: `Résidence ${code}`, active: true, steps: [], fields: {} },
        ...{ contentHash: 'x', version: 1 },
      })),
    ),
  );
  return makeStaff(promoterId);
}
beforeEach(async () => {
  ours = await promoterWith(['TDC', 'CLU']);
  theirs = await promoterWith(['RMA']);
});

/** A SIREN that no other test has drawn. */
function newSiren(): string {
  for (;;) {
    const drawn = String(randomInt(100_000_000, 999_999_999));
    if (isSiren(drawn)) return drawn;
  }
}
const terms = { grant: 'all', programmes: [], validFrom: null, validUntil: null, maxOptions: null } as const;
const input = (change: Partial<CreateCabinetInput> = {}): CreateCabinetInput => ({
  ...{ name: 'Ormeau Patrimoine', siren: newSiren(), orias: null },
  ...{ ...terms, programmes: [] },
  ...change,
});
async function created(actor: StaffActor, change: Partial<CreateCabinetInput> = {}): Promise<string> {
  const outcome = await createCabinet(actor, input(change));
  if (outcome.kind !== 'done') throw new Error(outcome.code);
  return outcome.id;
}
async function partnerOf(cabinetId: string) {
  const { id } = await makeAccount({ role: 'adviser', cabinetId });
  return {
    promoters: async () => (await accountState(id))?.conventions.map(({ promoterId }) => promoterId) ?? [],
    /** What the database grants within an act, whatever the session still believes. */
    granted: async (of: StaffActor, code: string) => {
      const state = await accountState(id);
      const actor = state && actorOf(state);
      if (actor?.kind !== 'partner') throw new Error('No partner');
      const slug = `p-${of.promoter.slice(0, 8)}`;
      return (
        (await asTenant(actor.scope, (tx) => grantedProgramme(tx, actor, { promoter: slug, code }))) !== null
      );
    },
  };
}

describe('a cabinet that another promoter has brought already', () => {
  it('is linked by its SIREN, and the second promoter cannot tell', async () => {
    const siren = newSiren();
    const first = await created(ours, { siren, name: 'Ormeau Patrimoine', orias: '15004321' });
    const colleague = await partnerOf(first);
    forgetAccounts();
    expect(await colleague.promoters()).toEqual([ours.promoter]);

    const fresh = await createCabinet(theirs, input());
    const linked = await createCabinet(theirs, input({ siren, name: 'SARL Ormeau', orias: null }));
    expect(Object.keys(linked)).toEqual(Object.keys(fresh));
    expect(linked).toMatchObject({ kind: 'done', id: first });

    const seen = await findCabinet(theirs, first, now);
    expect(seen).toMatchObject({ name: 'SARL Ormeau', orias: null, members: [], people: 0 });
    expect(await findCabinet(ours, first, now)).toMatchObject({ name: 'Ormeau Patrimoine', people: 1 });
    // Whoever the first brought gets nothing at the second.
    expect(await colleague.promoters()).toEqual([ours.promoter]);
  });

  it('is one cabinet for the same promoter twice', async () => {
    const siren = newSiren();
    await created(ours, { siren });
    expect(await createCabinet(ours, input({ siren }))).toEqual({ kind: 'refused', code: 'siren-known' });
  });

  it('is made once when two promoters bring it at the same instant', async () => {
    const siren = newSiren();
    await Promise.all([created(ours, { siren }), created(theirs, { siren })]);
    const rows = await asSystem((tx) => tx.select().from(cabinet).where(eq(cabinet.siren, siren)));
    expect(rows.length).toBe(1);
  });
});

describe('a convention', () => {
  it('grants programmes of its own promoter only', async () => {
    const foreign = input({ grant: 'list', programmes: ['TDC', 'RMA'] });
    expect(await createCabinet(ours, foreign)).toEqual({ kind: 'refused', code: 'programmes-missing' });
    const id = await created(ours, { grant: 'list', programmes: ['TDC', 'TDC'] });
    expect(await findCabinet(ours, id, now)).toMatchObject({ allProgrammes: false, programmes: ['TDC'] });
    const change = { ...terms, grant: 'list' as const, programmes: ['RMA'], cabinetId: id };
    expect(await changeConvention(ours, change)).toEqual({ kind: 'refused', code: 'programmes-missing' });
  });

  it('takes effect at once, within the very next act', async () => {
    const id = await created(ours);
    const partner = await partnerOf(id);
    expect(await partner.granted(ours, 'CLU')).toBe(true);
    await changeConvention(ours, { ...terms, grant: 'list', programmes: ['TDC'], cabinetId: id });
    expect(await partner.granted(ours, 'CLU')).toBe(false);
    expect(await partner.granted(ours, 'TDC')).toBe(true);
    await changeConvention(ours, { ...terms, programmes: [], cabinetId: id });
    expect(await partner.granted(ours, 'CLU')).toBe(true);
    expect(await suspendConvention(ours, { cabinetId: id, suspended: true })).toBe(true);
    expect(await partner.promoters()).toEqual([]);
    expect(await suspendConvention(ours, { cabinetId: id, suspended: true })).toBe(false);
    expect(await suspendConvention(ours, { cabinetId: id, suspended: false })).toBe(true);
    expect(await partner.promoters()).toEqual([ours.promoter]);
  });

  it('is written in the journal of its own promoter', async () => {
    const id = await created(ours, { maxOptions: 5 });
    await suspendConvention(ours, { cabinetId: id, suspended: true });
    const of = (actor: StaffActor) =>
      asTenant(actor.scope, (tx) => tx.select().from(audit).where(eq(audit.subjectId, id)).orderBy(audit.id));
    expect((await of(ours)).map(({ action, actorName }) => [action, actorName])).toEqual([
      ['convention.opened', ours.name],
      ['convention.suspended', ours.name],
    ]);
    expect(await of(theirs)).toEqual([]);
  });

  it('is neither seen nor changed by the staff of another promoter', async () => {
    const id = await created(ours);
    const before = await findCabinet(ours, id, now);
    expect(await findCabinet(theirs, id, now)).toBeNull();
    expect((await listCabinets(theirs, now)).map((line) => line.id)).not.toContain(id);
    expect(await suspendConvention(theirs, { cabinetId: id, suspended: true })).toBe(false);
    expect(
      await changeConvention(theirs, { ...terms, programmes: [], maxOptions: 0, cabinetId: id }),
    ).toEqual({
      kind: 'refused',
      code: 'unknown-cabinet',
    });
    expect(await findCabinet(ours, id, now)).toEqual(before);
  });
});

describe('the form of a cabinet', () => {
  const form = {
    ...{ name: ' Ormeau ', siren: '812 345 676', orias: '15 004 321', grant: 'all', programmes: [] },
    ...{ validFrom: '', validUntil: '', maxOptions: '' },
  };
  it('reads what people type', () => {
    expect(createCabinetSchema.parse(form)).toEqual({
      ...{ name: 'Ormeau', siren: '812345676', orias: '15004321', grant: 'all', programmes: [] },
      ...{ validFrom: null, validUntil: null, maxOptions: null },
    });
  });
  it.each([
    [{ name: '  ' }, 'name', 'name-missing'],
    [{ siren: '812345677' }, 'siren', 'siren-invalid'],
    [{ orias: '1234567' }, 'orias', 'orias-invalid'],
    [{ grant: 'list' }, 'programmes', 'programmes-missing'],
    [{ validFrom: '2026-12-02', validUntil: '2026-12-01' }, 'validUntil', 'days-crossed'],
    [{ validFrom: '2026-02-30' }, 'validFrom', 'day-invalid'],
    [{ maxOptions: '-1' }, 'maxOptions', 'max-invalid'],
    [{ maxOptions: '2,5' }, 'maxOptions', 'max-invalid'],
  ])('says at its field what is wrong: %j', (change, field, code) => {
    const { error } = createCabinetSchema.safeParse({ ...form, ...change });
    expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([[field, code]]);
  });
});
