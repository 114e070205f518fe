import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeStaff } from '@/lib/auth/testing';
import type { PartnerActor, PromoterId, StaffActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { audit, operation } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { findDenonciation } from '@/lib/denonciations/queries';
import {
  acceptedDenonciation,
  addPartner,
  fileAndRun,
  forgetActs,
  formFor,
  inMinutes,
  mint,
  type Office,
  openOffice,
  standing,
  testKoban,
} from '@/lib/denonciations/testing';
import { takeLease, writeHeld } from '@/lib/operations/lease';
import { resumeDueOperations } from '@/lib/operations/resume';
import { resumeOption } from '@/lib/options/add-option';
import { cancelOption } from '@/lib/options/cancel-option';
import { placeOption } from '@/lib/options/place-option';
import { listOptions } from '@/lib/options/queries';
import { optionFilterSchema } from '@/lib/options/schema';
import { kobanPast, placed } from '@/lib/options/testing';
import { judgeAct } from './judge-act';
import { listUncertain } from './list-uncertain';
import { readJournal } from './read-journal';
import { journalFilterSchema, judgeSchema } from './schema';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));
vi.mock('@/lib/jobs/enqueue', () => ({ followOne: 'follow-promoter', enqueue: async () => true }));

let db: Database;
let office: Office;
let partner: PartnerActor;
let staff: StaffActor;
let stranger: StaffActor;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  const other = await openOffice({ account: 1, sharing: office });
  partner = await addPartner([office]);
  staff = await makeStaff(office.promoter);
  stranger = await makeStaff(other.promoter);
  return () => office.close();
});

async function uncertainDenonciation(): Promise<string> {
  office.fault({ method: 'ncDenonc/Create', mode: 'drop-before', remaining: 1 });
  const [id = ''] = await fileAndRun(partner, formFor(office));
  return id;
}
async function uncertainOption(): Promise<string> {
  const denonciationId = await acceptedDenonciation(partner, office);
  office.fault({ method: 'ncOption/Add', mode: 'drop-before', remaining: 1 });
  const lot = { promoter: office.slug, extcode: office.freeLots[0] ?? '' };
  const form = { formKey: randomUUID(), lot, denonciationId, confirmedRank: 1 as const };
  const { placing } = await placeOption(partner, form);
  if (placing.kind !== 'uncertain') throw new Error(placing.kind);
  return placing.id;
}
const note = 'Vu dans Koban, fiche du lot';
const say = (actor: StaffActor, id: string, verdict: 'done' | 'not-done', words = note) =>
  judgeAct(actor, { id, verdict, note: words });
/** The journal's lines that bear a note, latest first. */
const notesFor = async (actor: StaffActor) =>
  (await readJournal(actor, journalFilterSchema.parse({}))).lines
    .filter((line) => line.note !== null)
    .map((line) => [line.actorName, line.action, line.note]);
const only = async (actor = staff) => {
  const [act, ...more] = await listUncertain(actor, new Date());
  if (!act || more.length > 0) throw new Error(`${more.length} more`);
  return act;
};
const operationOf = async (id: string) => {
  const [row] = await asSystem((tx) => tx.select().from(operation).where(eq(operation.id, id)));
  if (!row) throw new Error('No such act');
  return row;
};
const resume = (at: Date) =>
  resumeDueOperations({ mint, runners: { denonciation: poseDenonciation, option: resumeOption } }, at);

describe('the list of uncertain acts', () => {
  it('tells what was sent, and what each reading found', async () => {
    await uncertainDenonciation();
    await resume(inMinutes(3));
    const act = await only();
    expect(act).toMatchObject({
      ...{ kind: 'denonciation', cabinet: 'Ormeau Patrimoine', adviser: partner.name, late: false },
      ...{ prospect: expect.stringMatching(/^Lefèvre\d+ Noémie$/) },
    });
    const pose = act.steps.find(({ name }) => name === 'pose');
    expect(pose).toMatchObject({ state: 'unknown', sentHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(act.steps.at(-1)).toMatchObject({ name: 'reading' });
  });

  it('begins with the oldest, and marks those of over thirty minutes', async () => {
    await uncertainDenonciation();
    const first = await only();
    await uncertainDenonciation();
    await asSystem((tx) =>
      tx
        .update(operation)
        .set({ uncertainAt: inMinutes(-31) })
        .where(eq(operation.id, first.id)),
    );
    const acts = await listUncertain(staff, new Date());
    expect(acts.map(({ id, late }) => [id === first.id, late])).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

describe('a judgement', () => {
  it('« effectué » confirms a dénonciation by the promoter, in the person’s name', async () => {
    const id = await uncertainDenonciation();
    const act = await only();
    expect(await say(staff, act.id, 'done')).toEqual({ kind: 'judged' });
    expect(await findDenonciation(partner, id)).toMatchObject({
      ...{ state: 'accepted', proof: 'person', code: null },
    });
    expect(await operationOf(act.id)).toMatchObject({
      ...{ state: 'done', judgedBy: staff.account, judgement: note, nextCheckAt: null },
    });
    const [entry] = await asTenant(staff.scope, (tx) =>
      tx.select().from(audit).where(eq(audit.action, 'denonciation.accepted')),
    );
    expect(entry).toMatchObject({ actorKind: 'staff', actorName: staff.name });
    expect(JSON.stringify(entry?.facts)).not.toContain(note);
    expect(await listUncertain(staff, new Date())).toEqual([]);
  });

  it('is read in the journal, by the staff of the promoter alone', async () => {
    await uncertainDenonciation();
    await say(staff, (await only()).id, 'not-done');
    await uncertainOption();
    await say(staff, (await only()).id, 'done', 'Vue sur la fiche du lot');
    expect(await notesFor(staff)).toEqual([
      [staff.name, 'option.placed', 'Vue sur la fiche du lot'],
      [staff.name, 'denonciation.abandoned', note],
    ]);
    expect(await notesFor(stranger)).toEqual([]);
  });

  it('is not the only one there: a partner’s reason for giving an option back is read beside it', async () => {
    kobanPast(office, 10);
    const id = await placed(partner, office, office.freeLots[0] ?? '');
    await cancelOption(partner, { formKey: randomUUID(), id, rank: 1, reason: 'Financement refusé' });
    expect(await notesFor(staff)).toEqual([[partner.name, 'option.cancelled', 'Financement refusé']]);
    expect(await notesFor(stranger)).toEqual([]);
  });

  it('of an act that was sent again and judged again is read on the line that it belongs to', async () => {
    const id = await uncertainDenonciation();
    const { id: act } = await only();
    await say(staff, act, 'not-done', 'Rien dans Koban');
    await asSystem((tx) => tx.update(operation).set({ state: 'uncertain' }).where(eq(operation.id, act)));
    await say(staff, act, 'done', 'La voici');
    expect(await notesFor(staff)).toEqual([[staff.name, 'denonciation.accepted', 'La voici']]);
    expect((await standing(id)).state).toBe('accepted');
  });

  it('« non effectué » ends it, and the prospect may be denounced again', async () => {
    const form = formFor(office);
    office.fault({ method: 'ncDenonc/Create', mode: 'drop-before', remaining: 1 });
    const [id = ''] = await fileAndRun(partner, form);
    await say(staff, (await only()).id, 'not-done');
    expect(await findDenonciation(partner, id)).toMatchObject({
      ...{ state: 'abandoned', proof: null, code: 'judged-not-done' },
    });
    const [again = ''] = await fileAndRun(partner, { ...form, formKey: randomUUID() });
    expect((await standing(again)).state).toBe('accepted');
  });

  it('settles an option either way, and gives its lot back', async () => {
    const id = await uncertainOption();
    const act = await only();
    expect(act).toMatchObject({ kind: 'option', lot: office.freeLots[0] });
    await say(staff, act.id, 'not-done');
    const { lines } = await listOptions(partner, optionFilterSchema.parse({}));
    expect(lines.find((line) => line.id === id)).toMatchObject({
      state: 'abandoned',
      code: 'judged-not-done',
    });
    const second = await uncertainOption();
    await say(staff, (await only()).id, 'done');
    const after = await listOptions(partner, optionFilterSchema.parse({}));
    expect(after.lines.find((line) => line.id === second)).toMatchObject({
      state: 'placed',
      proof: 'person',
    });
  });

  it('is not undone by a reading that was in hand, nor by a later one', async () => {
    const id = await uncertainDenonciation();
    const act = await only();
    const taken = await asTenant(staff.scope, (tx) => takeLease(tx, act.id, inMinutes(1)));
    if (!taken) throw new Error('Not to be had');
    expect(await say(staff, act.id, 'not-done')).toEqual({ kind: 'judged' });
    const late = await asTenant(staff.scope, (tx) =>
      writeHeld(tx, { id: act.id, lease: taken.lease }, { state: 'done' }, null),
    );
    expect(late).toBeNull();
    expect(await resume(inMinutes(120))).toBe(0);
    expect((await standing(id)).state).toBe('abandoned');
  });

  it('is made once: whoever comes second changes nothing', async () => {
    await uncertainDenonciation();
    const { id } = await only();
    const both = await Promise.all([say(staff, id, 'done'), say(staff, id, 'not-done')]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['judged', 'moved']);
    const before = await operationOf(id);
    expect(await say(staff, id, 'not-done')).toEqual({ kind: 'moved' });
    expect(await operationOf(id)).toEqual(before);
  });

  it('is neither seen nor made by the staff of another promoter', async () => {
    await uncertainDenonciation();
    const { id } = await only();
    const before = await operationOf(id);
    expect(await listUncertain(stranger, new Date())).toEqual([]);
    expect(await say(stranger, id, 'done')).toEqual({ kind: 'moved' });
    expect(await operationOf(id)).toEqual(before);
  });

  it('needs a few words', () => {
    const parse = (typed: string) =>
      judgeSchema.safeParse({ id: randomUUID(), verdict: 'done', note: typed });
    expect(parse('  ').error?.issues[0]?.message).toBe('note-missing');
    expect(parse('x'.repeat(2_001)).error?.issues[0]?.message).toBe('note-long');
    expect(parse(' vu ce jour ').data?.note).toBe('vu ce jour');
  });
});
