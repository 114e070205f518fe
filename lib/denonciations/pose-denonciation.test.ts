import { and, eq, inArray, ne } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { audit, convention, denonciation, operationStep, prospect } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { createDenonciation } from '@/lib/koban/denonciations';
import { resumeDueOperations } from '@/lib/operations/resume';
import type { FaultInput } from '@/sandbox/core/faults';
import { fileDenonciations } from './file-denonciations';
import { poseDenonciation } from './pose-denonciation';
import { findDenonciation } from './queries';
import { resendDenonciation } from './resend-denonciation';
import { denonciationSchema } from './schema';
import {
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
} from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
let office: Office;
beforeAll(async () => {
  db = await testDatabase();
});
beforeEach(async () => {
  await forgetActs();
  office = await openOffice();
  return () => office.close();
});
afterAll(() => db.close());

/** Whose third of Koban's an option for this dénonciation would go to. */
const guidOf = async (id: string) => {
  const [row] = await asSystem((tx) =>
    tx
      .select({ guid: prospect.kobanGuid })
      .from(denonciation)
      .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
      .where(eq(denonciation.id, id)),
  );
  return row?.guid ?? null;
};

const option = async () => {
  throw new Error('No option in this test');
};
const resume = (at: Date) =>
  resumeDueOperations({ mint, runners: { denonciation: poseDenonciation, option } }, at);

async function run(changes: Parameters<typeof formFor>[1] = {}) {
  const partner = await addPartner([office]);
  const [id] = await fileAndRun(partner, formFor(office, changes));
  return { partner, id: id ?? '' };
}

describe('a new prospect', () => {
  it('is created, then denounced, each step told', async () => {
    const { id } = await run();
    const seen = await standing(id);
    expect(seen).toMatchObject({ state: 'accepted', proof: 'answer', code: null });
    expect(seen.steps.map((step) => [step.name, step.state])).toEqual([
      ['check', 'done'],
      ['prospect', 'done'],
      ['pose', 'done'],
    ]);
    expect(seen.steps.every((step) => /^[0-9a-f]{64}$/.test(step.sentHash ?? ''))).toBe(true);
    expect(office.effects('third-created')).toBe(1);
    expect(office.effects('denonciation-created')).toBe(1);
    expect(office.sandbox.state.ledger.calls({ method: 'ncThird/PostOne' })[0]?.body).toMatchObject({
      Label: expect.stringMatching(/^Lefèvre/),
      EMail: expect.stringMatching(/^noemie\..*@exemple\.fr$/),
      Origin: { Code: 'CGP' },
    });
  });

  it('is named to Koban with the cabinet as author', async () => {
    await run();
    const [effect] = office.sandbox.state.ledger.effects({ kind: 'denonciation-created' });
    expect(effect?.data.by).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('a cabinet whose record Koban does not have yet', () => {
  it('is denounced without a broker, which the act keeps saying once Koban has it', async () => {
    const partner = await addPartner([office]);
    const set = (kobanGuid: string | null) =>
      asSystem((tx) =>
        tx.update(convention).set({ kobanGuid }).where(eq(convention.cabinetId, partner.cabinet)),
      );
    await set(null);
    const [id = ''] = await fileAndRun(partner, formFor(office));
    await set('5f3b2a1c9d8e7f6a5b4c3d2e');
    const [effect] = office.sandbox.state.ledger.effects({ kind: 'denonciation-created' });
    expect(effect?.data.by).toBeNull();
    const said = async (act: string) => (await findDenonciation(partner, act))?.live.withoutBroker;
    expect(await said(id)).toBe(true);
    const entries = await asSystem((tx) => tx.select().from(audit).where(eq(audit.subjectId, id)));
    expect(entries.find(({ action }) => action === 'denonciation.accepted')?.facts).toMatchObject({
      withoutBroker: true,
    });
    const other = await run();
    expect((await findDenonciation(other.partner, other.id))?.live.withoutBroker).toBe(false);
  });
});

describe('a form that names several programmes', () => {
  it('creates the prospect with them all, and sends the same again after a loss', async () => {
    const partner = await addPartner([office]);
    office.fault({ method: 'ncThird/PostOne', mode: 'drop-before' });
    const programmes = office.programmes.map((code) => ({ promoter: office.slug, code }));
    expect(programmes.length).toBeGreaterThan(1);
    const ids = await fileAndRun(partner, formFor(office, { programmes }));
    await resume(inMinutes(1));
    for (const id of ids) expect(await standing(id)).toMatchObject({ state: 'accepted' });
    const posts = office.sandbox.state.ledger.calls({ method: 'ncThird/PostOne' });
    const tagged = posts.map(({ body }) =>
      (body as { Tags: { TagCategory: string; Label: string }[] }).Tags.flatMap(({ TagCategory, Label }) =>
        TagCategory === 'PROGRAMME' ? [Label] : [],
      ),
    );
    expect(tagged.length).toBeGreaterThan(1);
    for (const labels of tagged) expect(labels).toEqual([...office.programmes].sort());
    const hashes = await asSystem((tx) =>
      tx
        .select({ hash: operationStep.sentHash })
        .from(operationStep)
        .innerJoin(denonciation, eq(denonciation.operationId, operationStep.operationId))
        .where(
          and(
            inArray(denonciation.id, ids),
            eq(operationStep.name, 'prospect'),
            ne(operationStep.state, 'skipped'),
          ),
        ),
    );
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(1);
  });
});

describe('a prospect that Koban knows', () => {
  it.each([0, 1] as const)('is not created again, and is identified (account %i)', async (account) => {
    const other = await openOffice({ account });
    const partner = await addPartner([other]);
    const form = formFor(other);
    const known = { Label: form.lastName, FirstName: form.firstName, EMail: form.email, Phone: form.phone };
    const guid = other.koban.newGuid('third');
    other.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: known });
    const [id] = await fileAndRun(partner, form);
    const seen = await standing(id ?? '');
    expect(seen.state).toBe('accepted');
    expect(seen.steps.map((step) => [step.name, step.state])).toEqual([
      ['check', 'done'],
      ['prospect', 'skipped'],
      ['pose', 'done'],
    ]);
    expect(other.effects('third-created')).toBe(0);
    expect((await findDenonciation(partner, id ?? ''))?.identified).toBe(true);
    await other.close();
  });

  it('is told apart, among records of the same person, by the one that the check names', async () => {
    const partner = await addPartner([office]);
    const form = formFor(office);
    const wire = { Label: form.lastName, FirstName: form.firstName, Phone: form.phone };
    const guids = [office.koban.newGuid('third'), office.koban.newGuid('third')];
    for (const guid of guids) office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire });
    const body = { Activated: true, IsDenonced: false, Exists: true, Third: { Guid: guids[1] } };
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
    const [id = ''] = await fileAndRun(partner, form);
    expect(await standing(id)).toMatchObject({ state: 'accepted' });
    expect(await guidOf(id)).toBe(guids[1]);
  });

  it.each([
    { namesakes: 140, named: false, found: true },
    { namesakes: 1_000, named: false, found: false },
    { namesakes: 998, named: true, found: true },
  ])('is found by telephone behind $namesakes of its name', async ({ namesakes, named, found }) => {
    const partner = await addPartner([office]);
    const form = formFor(office, { lastName: 'Martin' });
    const add = (wire: Record<string, unknown>) => {
      const guid = office.koban.newGuid('third');
      office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'MARTIN', ...wire } });
      return guid;
    };
    for (let at = 0; at < namesakes; at += 1) add({ FirstName: `Paul ${at}` });
    const them = add({ FirstName: form.firstName, EMail: 'autre@exemple.fr', Phone: form.phone });
    // More of the name follow than are read: only the check's word tells that none of them is meant.
    if (named) for (let at = 0; at < 20; at += 1) add({ FirstName: `Luc ${at}` });
    const Third = named ? { Third: { Guid: them } } : {};
    const body = { Activated: true, IsDenonced: false, Exists: true, ...Third };
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
    const [id = ''] = await fileAndRun(partner, form);
    expect(await standing(id)).toMatchObject({ state: 'accepted' });
    expect(await guidOf(id)).toBe(found ? them : null);
  });

  it.each([0, 1] as const)(
    'is not taken for a namesake who shares the telephone (account %i)',
    async (account) => {
      const other = await openOffice({ account });
      const partner = await addPartner([other]);
      const form = formFor(other);
      const spouse = { Label: form.lastName, FirstName: 'Paul', EMail: form.email, Phone: form.phone };
      const guid = other.koban.newGuid('third');
      other.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: spouse });
      const [id] = await fileAndRun(partner, form);
      const { findDenonciation } = await import('./queries');
      expect(await findDenonciation(partner, id ?? '')).toMatchObject({
        state: 'accepted',
        identified: false,
      });
      await other.close();
    },
  );
});

describe('refusals', () => {
  it('says when somebody has denounced the prospect', async () => {
    const form = formFor(office);
    await fileAndRun(await addPartner([office]), form);
    const [id] = await fileAndRun(await addPartner([office]), {
      ...formFor(office),
      ...{ email: form.email },
    });
    expect(await standing(id ?? '')).toMatchObject({ state: 'refused', code: 'already-denounced' });
    expect(office.effects('denonciation-created')).toBe(1);
  });

  it('says when the module is off', async () => {
    office.koban.policy.denonciationActive = false;
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'refused', code: 'module-off' });
    expect(office.calls('ncThird/PostOne')).toBe(0);
  });

  it('sends nothing when the flags contradict one another', async () => {
    const body = { Activated: true, IsDenonced: true, Exists: false };
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', body });
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'refused', code: 'contradictory' });
    expect(office.calls('ncDenonc/Create')).toBe(0);
  });

  it("quotes Koban's own words", async () => {
    const body = { Success: false, Result: null, Message: 'Compte bloqué', Errors: ['x'] };
    office.fault({ method: 'ncDenonc/Create', mode: 'business', body });
    const { id } = await run();
    expect(await standing(id)).toMatchObject({
      state: 'refused',
      code: 'koban-refused',
      kobanMessage: 'Compte bloqué',
    });
  });
});

/** Every way a call may go wrong without an answer to rely on. */
const silentFaults: Omit<FaultInput, 'method'>[] = [
  { mode: 'refuse' },
  { mode: 'drop-before' },
  { mode: 'hang-before' },
  { mode: 'hang-after' },
  { mode: 'reset-after' },
  { mode: 'close-after' },
  { mode: 'cut-after' },
  { mode: 'error-after' },
  { mode: 'garbage' },
  { mode: 'truncated' },
  { mode: 'no-content' },
  { mode: 'rate-limit' },
  { mode: 'redirect', applies: true },
  { mode: 'late', delayMs: 4_000, reply: 'reset' },
] as FaultInput[];

describe.each(silentFaults)('fault $mode', (fault) => {
  const inject = (method: string) => office.fault({ ...fault, method } as FaultInput);

  it('on the check: kept unsent, and sent again by one click', async () => {
    inject('ncDenonc/CheckDenonc');
    const { partner, id } = await run();
    const kept = await standing(id);
    expect(kept.state).toBe('unsent');
    expect(kept.code).toMatch(/^koban-(silent|unreadable|asks-to-wait)$/);
    expect(office.calls('ncDenonc/Create')).toBe(0);
    const resending = await resendDenonciation(partner, id);
    if (resending.kind !== 'resent') throw new Error(resending.code);
    await poseDenonciation(partner, resending.ref);
    expect(await standing(id)).toMatchObject({ state: 'accepted', operation: { attempt: 2 } });
    expect(office.effects('denonciation-created')).toBe(1);
  });

  it('on the creation: read back by our code, created once, then denounced once', async () => {
    inject('ncThird/PostOne');
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'prospect-unknown' });
    await resume(inMinutes(1));
    expect(await standing(id)).toMatchObject({ state: 'accepted', proof: 'answer' });
    expect(office.effects('third-created')).toBe(1);
    expect(office.effects('denonciation-created')).toBe(1);
  });

  it('on the pose: never sent twice, and shown as done only when it was', async () => {
    inject('ncDenonc/Create');
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'pose-unknown' });
    await resume(inMinutes(1));
    if (fault.mode === 'late') {
      await vi.waitFor(() => expect(office.effects('denonciation-created')).toBe(1), { timeout: 10_000 });
    }
    for (const minutes of [3, 6, 16, 47]) await resume(inMinutes(minutes));
    const seen = await standing(id);
    const applied = office.effects('denonciation-created');
    expect(office.calls('ncDenonc/Create')).toBe(1);
    expect(applied).toBeLessThanOrEqual(1);
    // Applied so late that a reading came first: it might be a rival's by then.
    const whoseUnknown = applied === 1 && seen.operation.data.seenFree === true;
    expect(whoseUnknown).toBe(fault.mode === 'late');
    expect(seen).toMatchObject(
      whoseUnknown
        ? { state: 'uncertain', code: 'whose-unknown' }
        : applied === 1
          ? { state: 'accepted', proof: 'reading' }
          : { state: 'uncertain', code: 'no-trace', operation: { nextCheckAt: expect.any(Date) } },
    );
  });
});

describe('an unknown pose', () => {
  it('of a prospect that existed stays uncertain: whose it is, Koban does not say', async () => {
    const partner = await addPartner([office]);
    const form = formFor(office);
    const guid = office.koban.newGuid('third');
    office.koban.thirds.set(guid, {
      ...{ guid, createdAt: 0, updatedAt: 0 },
      wire: { Label: form.lastName, FirstName: form.firstName, EMail: form.email },
    });
    office.fault({ method: 'ncDenonc/Create', mode: 'reset-after' });
    const [id] = await fileAndRun(partner, form);
    await resume(inMinutes(1));
    expect(await standing(id ?? '')).toMatchObject({ state: 'uncertain', code: 'whose-unknown' });
  });

  it('without a trace may be sent again as a new attempt, whose refusal is not believed', async () => {
    office.fault({ method: 'ncDenonc/Create', mode: 'drop-before' });
    const { partner, id } = await run();
    expect(await resendDenonciation(partner, id)).toEqual({ kind: 'refused', code: 'not-resendable' });
    for (const minutes of [1, 3, 6, 16]) await resume(inMinutes(minutes));
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'no-trace' });
    office.koban.policy.denonciationActive = false;
    const again = await resendDenonciation(partner, id);
    if (again.kind !== 'resent') throw new Error(again.code);
    await poseDenonciation(partner, again.ref);
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'no-trace' });
    office.koban.policy.denonciationActive = true;
    const third = await resendDenonciation(partner, id);
    if (third.kind !== 'resent') throw new Error(third.code);
    await poseDenonciation(partner, third.ref);
    expect(await standing(id)).toMatchObject({ state: 'accepted', operation: { attempt: 3 } });
    expect(office.effects('denonciation-created')).toBe(1);
  });

  /** A rival denounces the prospect of this act on Koban, elsewhere than through the portal. */
  async function rivalDenounces(form: ReturnType<typeof formFor>) {
    const answer = await createDenonciation(await testKoban(office.promoter), {
      name: form.lastName,
      firstName: form.firstName,
      email: form.email.toLowerCase(),
      programmeCode: office.programmes[0] ?? '',
    });
    expect(answer.kind).toBe('done');
  }
  const lost = async (readings: number[]) => {
    office.fault({ method: 'ncDenonc/Create', mode: 'drop-before' });
    const partner = await addPartner([office]);
    const form = formFor(office);
    const [id = ''] = await fileAndRun(partner, form);
    for (const minutes of readings) await resume(inMinutes(minutes));
    return { partner, form, id };
  };

  it.each([[[1]], [[1, 3, 6, 16]]])(
    'seen free at %j min and denounced later may be a rival’s',
    async (readings) => {
      const { form, id } = await lost(readings);
      await rivalDenounces(form);
      await resume(inMinutes(50));
      expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'whose-unknown', proof: null });
    },
  );

  it('first read back an hour after it was sent may be a rival’s', async () => {
    const { form, id } = await lost([]);
    await rivalDenounces(form);
    await resume(inMinutes(60));
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'whose-unknown' });
  });

  it('without a trace, sent again and found denounced may be a rival’s', async () => {
    const { partner, form, id } = await lost([1, 3, 6, 16]);
    await rivalDenounces(form);
    const again = await resendDenonciation(partner, id);
    if (again.kind !== 'resent') throw new Error(again.code);
    await poseDenonciation(partner, again.ref);
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'whose-unknown', proof: null });
    expect(office.effects('denonciation-created')).toBe(1);
  });

  it('holds the prospect and the programme meanwhile, and tells a rival nothing', async () => {
    office.fault({ method: 'ncDenonc/Create', mode: 'drop-before' });
    const form = formFor(office);
    const [id] = await fileAndRun(await addPartner([office]), form);
    const rival = await addPartner([office]);
    const again = { ...formFor(office), email: form.email.toUpperCase() };
    const [filing] = await fileDenonciations(rival, denonciationSchema.parse(again));
    expect(filing).toMatchObject({ kind: 'refused', code: 'act-under-way', id: null });
    expect(id).not.toBeUndefined();
  });
});

describe('Koban answers, and lets nothing through', () => {
  it.each([
    [401, 'koban-keys-refused'],
    [403, 'koban-keys-refused'],
    [429, 'koban-asks-to-wait'],
  ] as const)('%i on the check: unsent, and why', async (status, code) => {
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'business', status, body: {} });
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'unsent', code });
    expect(office.calls('ncDenonc/Create')).toBe(0);
  });

  it('a refused key on the pose proves nothing: the act stays uncertain', async () => {
    office.fault({ method: 'ncDenonc/Create', mode: 'business', status: 403, body: {} });
    const { id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'uncertain', code: 'pose-unknown' });
  });
});

describe('Koban out of reach', () => {
  it('after the prospect was created: says so, and that the dénonciation was not sent', async () => {
    office.fault({ method: 'ncThird/PostOne', mode: 'reset-after' });
    const { id } = await run();
    // Two minutes later the check is made again, in vain.
    office.fault({ method: 'ncDenonc/CheckDenonc', mode: 'drop-before' });
    await resume(inMinutes(2));
    expect(office.effects('third-created')).toBe(1);
    expect(await standing(id)).toMatchObject({ state: 'unsent', code: 'prospect-only' });
  });

  it('and an agreement that ended meanwhile: it is not sent again', async () => {
    office.unplug();
    const { partner, id } = await run();
    office.plug();
    await asSystem((tx) =>
      tx
        .update(convention)
        .set({ validUntil: '2026-01-31' })
        .where(eq(convention.cabinetId, partner.cabinet)),
    );
    expect(await resendDenonciation(partner, id)).toEqual({ kind: 'refused', code: 'programme-not-granted' });
    expect(await standing(id)).toMatchObject({ state: 'unsent', operation: { attempt: 1, state: 'unsent' } });
  });

  it('keeps the act unsent at any phase', async () => {
    office.unplug();
    const { partner, id } = await run();
    expect(await standing(id)).toMatchObject({ state: 'unsent', code: 'koban-unreachable' });
    office.plug();
    const resending = await resendDenonciation(partner, id);
    if (resending.kind !== 'resent') throw new Error(resending.code);
    await poseDenonciation(partner, resending.ref);
    expect((await standing(id)).state).toBe('accepted');
  });
});
