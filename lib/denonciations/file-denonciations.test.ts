import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import type { Database } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { fileDenonciations } from './file-denonciations';
import { poseDenonciation } from './pose-denonciation';
import { findDenonciation, listDenonciations, liveDenonciation } from './queries';
import { forgetDraft, readDraft, saveDraft } from './save-draft';
import { type DenonciationForm, denonciationFilterSchema, denonciationSchema } from './schema';
import {
  acceptedDenonciation,
  addPartner,
  closeProgramme,
  fileAndRun,
  formFor,
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
let second: Office;
beforeAll(async () => {
  db = await testDatabase();
  office = await openOffice();
  second = await openOffice({ account: 1 });
});
afterAll(async () => {
  await office.close();
  await second.close();
  await db.close();
});

const file = async (actor: Parameters<typeof fileDenonciations>[0], form: DenonciationForm) =>
  fileDenonciations(actor, denonciationSchema.parse(form));
const list = (actor: Parameters<typeof listDenonciations>[0], search: Record<string, unknown> = {}) =>
  listDenonciations(actor, denonciationFilterSchema.parse(search));

describe('one form', () => {
  it('sent many times at once is one act and one Create', async () => {
    const actor = await addPartner([office]);
    const form = formFor(office);
    const before = office.calls('ncDenonc/Create');
    const all = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const [filing] = await file(actor, form);
        if (filing?.kind !== 'filed') throw new Error(filing?.code);
        await poseDenonciation(actor, filing.ref);
        return filing.id;
      }),
    );
    expect(new Set(all).size).toBe(1);
    expect(office.calls('ncDenonc/Create') - before).toBe(1);
    expect((await list(actor)).total).toBe(1);
  });

  it('sent again with another content is refused, and nothing is sent', async () => {
    const actor = await addPartner([office]);
    const form = formFor(office);
    await fileAndRun(actor, form);
    const calls = office.calls('ncDenonc/CheckDenonc');
    const [filing] = await file(actor, { ...form, firstName: 'Autre' });
    expect(filing).toMatchObject({ kind: 'refused', code: 'form-reused' });
    expect(office.calls('ncDenonc/CheckDenonc')).toBe(calls);
  });

  it('keeps of the e-mail and phone, beside the act, nothing that trying every phone would undo', async () => {
    const form = denonciationSchema.parse(formFor(office));
    const [filing] = await fileDenonciations(await addPartner([office]), form);
    const { operation } = await standing(filing?.kind === 'filed' ? filing.id : '');
    expect(operation.emailKey).toMatch(/^[0-9a-f]{64}$/);
    expect(operation.phoneKey).toMatch(/^[0-9a-f]{64}$/);
    expect([sha256(form.email), sha256(form.phone)]).not.toContain(operation.emailKey);
    expect([sha256(form.email), sha256(form.phone)]).not.toContain(operation.phoneKey);
  });

  it('keeps the hour at which agreement to each dénonciation was declared', async () => {
    const actor = await addPartner([office]);
    const form = formFor(office);
    const [id = ''] = await fileAndRun(actor, form);
    const before = await findDenonciation(actor, id);
    const programmes = [{ promoter: office.slug, code: office.programmes[1] ?? '' }];
    const [laterId = ''] = await fileAndRun(actor, { ...form, formKey: randomUUID(), programmes });
    const after = await findDenonciation(actor, id);
    const later = await findDenonciation(actor, laterId);
    expect(after?.consentAt).toEqual(before?.consentAt);
    expect(later?.consentAt.getTime()).toBeGreaterThan(before?.consentAt.getTime() ?? Infinity);
  });

  it('naming programmes of two promoters makes one dénonciation each', async () => {
    const actor = await addPartner([office, second]);
    const programmes = [
      ...office.programmes.map((code) => ({ promoter: office.slug, code })),
      { promoter: second.slug, code: second.programmes[0] ?? '' },
      { promoter: second.slug, code: 'NOWHERE' },
    ];
    const filings = await file(actor, formFor(office, { programmes }));
    expect(filings.filter((filing) => filing.kind === 'filed')).toHaveLength(3);
    for (const filing of filings) if (filing.kind === 'filed') await poseDenonciation(actor, filing.ref);
    const page = await list(actor);
    expect(page.lines.map((line) => line.state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(filings.filter((filing) => filing.kind === 'refused')).toMatchObject([
      { code: 'programme-not-granted', id: null },
    ]);
  });
});

describe('what is refused before anything is sent', () => {
  it('a programme that the convention does not open, or no longer', async () => {
    const form = formFor(office);
    const elsewhere = await addPartner([office], { programmes: [office.programmes[1] ?? ''] });
    expect(await file(elsewhere, form)).toMatchObject([{ code: 'programme-not-granted' }]);
    const expired = await addPartner([office], { validUntil: '2020-12-31' });
    expect(await file(expired, form)).toMatchObject([{ code: 'programme-not-granted' }]);
    const granted = await addPartner([office], { programmes: [office.programmes[0] ?? ''] });
    expect(await file(granted, form)).toMatchObject([{ kind: 'filed' }]);
  });

  it.each(['inactive', 'withdrawn'] as const)('a programme that is %s', async (how) => {
    const shut = await openOffice({ sharing: office });
    const partner = await addPartner([shut]);
    await closeProgramme(shut, how);
    expect(await file(partner, formFor(shut))).toMatchObject([{ code: 'programme-not-granted' }]);
  });

  it("a prospect that the cabinet has already: with the link, if it is this person's to open", async () => {
    const mine = await addPartner([office]);
    const form = formFor(office);
    const [id] = await fileAndRun(mine, form);
    const again = { ...form, formKey: randomUUID(), email: `autre.${form.email}` };
    expect(await file(mine, again)).toMatchObject([{ code: 'already-ours', id }]);
    const { cabinet } = mine;
    const manager = await addPartner([office], { cabinet, role: 'manager' });
    expect(await file(manager, { ...again, formKey: randomUUID() })).toMatchObject([
      { code: 'already-ours', id },
    ]);
    const colleague = await addPartner([office], { cabinet });
    expect(await file(colleague, { ...again, formKey: randomUUID() })).toMatchObject([
      { code: 'already-ours', id: null },
    ]);
  });

  it('one prospect filed by two cabinets at once, whatever the case and spacing: one act', async () => {
    const form = formFor(office);
    const variant = {
      ...form,
      formKey: randomUUID(),
      email: ` ${form.email.toUpperCase()}`,
      phone: form.phone.replaceAll(' ', '.').replace(/^0/, '+33 '),
    };
    const [a, b] = await Promise.all([addPartner([office]), addPartner([office])]);
    const both = (await Promise.all([file(a, form), file(b, variant)])).flat();
    expect(both.filter((filing) => filing.kind === 'filed')).toHaveLength(1);
    expect(both.filter((filing) => filing.kind === 'refused')).toMatchObject([
      { code: 'act-under-way', id: null },
    ]);
  });
});

describe('who sees what', () => {
  it('an adviser his own, a manager the cabinet, nobody else anything', async () => {
    const adviser = await addPartner([office]);
    const id = await acceptedDenonciation(adviser, office);
    const { cabinet } = adviser;
    const colleague = await addPartner([office], { cabinet });
    const manager = await addPartner([office], { cabinet, role: 'manager' });
    const stranger = await addPartner([office], { role: 'manager' });
    const seen = await Promise.all(
      [adviser, colleague, manager, stranger].map(async (actor) => [
        (await list(actor)).total,
        (await findDenonciation(actor, id)) !== null,
        (await liveDenonciation(actor, id)) !== null,
      ]),
    );
    expect(seen).toEqual([
      [1, true, true],
      [0, false, false],
      [1, true, true],
      [0, false, false],
    ]);
  });

  it('finds by name without accents, e-mail, telephone and programme, and filters by state', async () => {
    const actor = await addPartner([office]);
    const form = formFor(office, { lastName: 'Étchéverry', firstName: 'Noël', phone: '06 41 76 54 38' });
    await fileAndRun(actor, form);
    await fileAndRun(actor, formFor(office, { lastName: 'Autre' }));
    for (const q of ['etcheverry', 'NOEL etch', form.email, '06 41 76', '+33641', office.programmes[0]]) {
      const { lines } = await list(actor, { q });
      expect(
        lines.map((line) => line.prospect.lastName),
        q,
      ).toContain('Étchéverry');
    }
    expect((await list(actor, { q: 'etcheverry' })).total).toBe(1);
    expect((await list(actor, { q: 'personne' })).total).toBe(0);
    expect(await list(actor, { state: 'refused' })).toMatchObject({ total: 0, counts: { accepted: 2 } });
    expect(await list(actor, { state: 'nonsense', page: '-3' })).toMatchObject({ total: 2, page: 1 });
  });
});

it('keeps one draft a person, and forgets it', async () => {
  const actor = await addPartner([office]);
  await saveDraft(actor, { lastName: 'L' });
  await saveDraft(actor, { lastName: 'Lef', programmes: [] });
  expect((await readDraft(actor))?.values).toEqual({ lastName: 'Lef', programmes: [] });
  expect(await readDraft(await addPartner([office]))).toBeNull();
  await forgetDraft(actor);
  expect(await readDraft(actor)).toBeNull();
});
