import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAudit } from '@/lib/audit/write-audit';
import {
  makeAccount,
  makeCabinet,
  makeConvention,
  makePromoter,
  makeStaff,
  sessionOf,
} from '@/lib/auth/testing';
import type { StaffActor } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { audit } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { answerJournal } from './loaders';
import { readJournal } from './read-journal';
import { journalFilterSchema } from './schema';

let db: Database;
let ours: StaffActor;
let theirs: StaffActor;
let cabinetId: string;

const write = (actor: StaffActor, action: string, subjectId: string, facts = {}) =>
  asTenant(actor.scope, (tx) => writeAudit(tx, actor, { action, subjectType: 'option', subjectId, facts }));
const read = (actor: StaffActor, filter: Record<string, unknown> = {}) =>
  readJournal(actor, journalFilterSchema.parse(filter));
const subjects = async (actor: StaffActor, filter: Record<string, unknown> = {}) =>
  (await read(actor, filter)).lines.map(({ subjectId }) => subjectId);

beforeAll(async () => {
  db = await testDatabase();
  [ours, theirs] = [await makeStaff((await makePromoter()).id), await makeStaff((await makePromoter()).id)];
  cabinetId = await makeCabinet('Ormeau');
  await makeConvention(cabinetId, ours.promoter);
  await write(ours, 'option.placed', 'first', { lot: 'TDC-L105' });
  await write(ours, 'option.cancelled', 'second', { lot: '100%_sûr' });
  await write(ours, 'lead.handled', 'third');
  await write(theirs, 'option.placed', 'foreign', { lot: 'TDC-L105' });
  // Whoever names an account does not choose how a spreadsheet reads it.
  await asSystem((tx) =>
    tx.insert(audit).values({
      ...{ promoterId: ours.promoter, cabinetId, actorKind: 'partner', actorName: '=HYPERLINK("x")' },
      ...{ action: 'denonciation.filed', subjectType: 'denonciation', subjectId: 'fourth' },
      at: new Date('2026-03-29T21:59:00Z'),
    }),
  );
});
afterAll(() => db.close());

describe('the journal', () => {
  it('holds this promoter’s lines and no other’s, latest first', async () => {
    expect(await subjects(ours)).toEqual(['fourth', 'third', 'second', 'first']);
    expect(await subjects(theirs)).toEqual(['foreign']);
    expect((await read(theirs)).actions).toEqual(['option.placed']);
    expect((await read(ours)).lines[0]).toMatchObject({ cabinet: 'Ormeau', actorKind: 'partner' });
  });

  it.each([
    [{ action: 'option.placed' }, ['first']],
    [{ action: 'option' }, ['second', 'first']],
    [{ subject: 'tdc-l105' }, ['first']],
    // What people type is looked for as it is.
    [{ subject: '%_' }, ['second']],
    [{ subject: 'thi' }, ['third']],
    [{ actor: 'hyperlink' }, ['fourth']],
    // 29 March 2026 in Paris ends at 22:00 in Greenwich: the clocks went forward that night.
    [{ from: '2026-03-29', until: '2026-03-29' }, ['fourth']],
    [{ until: '2026-03-28' }, []],
    [{ from: 'yesterday', action: 'DROP TABLE', page: 'x' }, ['fourth', 'third', 'second', 'first']],
  ])('is searched by %j', async (filter, found) => {
    expect(await subjects(ours, filter)).toEqual(found);
  });
});

describe('its export', () => {
  const ask = (cookie: string, criteria = '', site = 'same-origin') =>
    answerJournal(
      new Request('http://localhost:3000/api/admin/journal', {
        method: 'POST',
        body: new URLSearchParams(criteria),
        headers: {
          ...{ cookie: `parvis-session=${cookie}`, 'accept-language': 'fr', 'sec-fetch-site': site },
        },
      }),
    );
  const cookieOf = async (actor: StaffActor) => sessionOf({ id: actor.account, sessionVersion: 1 });

  it('is a table that no spreadsheet runs, with the filter applied', async () => {
    const answer = await ask(await cookieOf(ours), 'actor=hyperlink');
    expect(answer.headers.get('content-disposition')).toContain('journal.csv');
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines.length).toBe(2);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(lines[1]).toContain('"Dénonciation déposée"');
  });

  it('is for the promoter’s own staff, and of their own promoter', async () => {
    const text = await (await ask(await cookieOf(theirs))).text();
    expect(text).toContain('foreign');
    expect(text).not.toContain('first');
    const partner = await makeAccount({ role: 'manager', cabinetId });
    expect((await ask(await sessionOf(partner))).status).toBe(403);
    expect((await ask('')).status).toBe(401);
    expect((await ask(await cookieOf(ours), '', 'cross-site')).status).toBe(403);
  });
});
