import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PromoterId } from '@/lib/core/scope';
import { sha256 } from '@/lib/core/seal';
import type { Database } from '@/lib/db/client';
import { calendarFeed, option, reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, openOffice, testKoban } from '@/lib/denonciations/testing';
import { answerCalendar } from './loaders';
import { renewCalendar, revokeCalendar } from './renew-calendar';
import { optionOf, setOption } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const read = async (token: string) => {
  const response = await answerCalendar(`${token}.ics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toMatch(/^private/);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const text = await response.text();
  // RFC 5545: lines end in CRLF and hold 75 octets at most.
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toContain('\n');
  }
  const root = new ICAL.Component(ICAL.parse(text));
  const events = root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  return { text, root, events };
};

it('holds the ends of one’s options at their exact half hour and the dates of one’s files, and nobody else’s', async () => {
  const office = await openOffice();
  const adviser = await addPartner([office]);
  const colleague = await addPartner([office], { cabinet: adviser.cabinet });
  const manager = await addPartner([office], { cabinet: adviser.cabinet, role: 'manager' });
  const stranger = await addPartner([office]);
  // In the hour that the autumn of 2027 shows twice, the second time.
  const end = new Date('2027-10-31T01:30:00Z');
  const id = await optionOf(adviser, office, office.freeLots[0] ?? '', {
    expiresAt: end,
    code: 'rank-unproven',
  });
  await optionOf(colleague, office, office.freeLots[1] ?? '');
  await optionOf(adviser, office, office.freeLots[2] ?? '', { state: 'expired' });
  const [held] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, id)));
  const preresvAt = new Date('2026-11-26T09:12:00Z');
  await asSystem((tx) =>
    tx.insert(reservation).values({
      ...{ promoterId: office.promoter, cabinetId: adviser.cabinet, accountId: adviser.account },
      ...{
        reference: 'ABCDE12345',
        prospectId: held?.prospectId ?? '',
        programmeCode: office.programmes[0] ?? '',
      },
      ...{ lotExtcode: office.freeLots[0] ?? '', state: 'preresv', priceCents: 1, depositCents: 1 },
      ...{ file: {}, preresvAt, id },
    }),
  );
  const token = await renewCalendar(adviser);
  const first = await read(token);
  expect(first.root.getFirstPropertyValue('x-wr-timezone')).toBe('Europe/Paris');
  expect(first.events.map(({ uid }) => uid).sort()).toEqual([
    `optionEnds-${id}@parvis`,
    `preresv-${id}@parvis`,
  ]);
  const starts = new Map(first.events.map((event) => [event.uid, event.startDate.toJSDate()]));
  expect(starts.get(`optionEnds-${id}@parvis`)).toEqual(end);
  expect(starts.get(`preresv-${id}@parvis`)).toEqual(preresvAt);
  expect(first.events.map(({ description }) => description).join()).toMatch(/Rang à confirmer/);
  expect(first.events.map(({ summary }) => summary).join()).toMatch(
    /Fin d’option\u00a0: lot .*, Lefèvre\d+ Noémie/,
  );
  // The name, and nothing more of the prospect.
  expect(first.text).not.toMatch(/@exemple|06 ?1\d|\+336/i);
  // Read again, it is the same text; put off, the same event moves.
  expect((await read(token)).text).toBe(first.text);
  const later = new Date('2027-11-02T08:00:00Z');
  await setOption(id, { expiresAt: later, prolongedTo: later });
  const moved = (await read(token)).events.find(({ uid }) => uid === `optionEnds-${id}@parvis`);
  expect(moved?.startDate.toJSDate()).toEqual(later);

  expect((await read(await renewCalendar(manager))).events).toHaveLength(3);
  expect((await read(await renewCalendar(stranger))).events).toEqual([]);
  await office.close();
});

it('answers to its present token alone, of which only the hash is kept', async () => {
  const office = await openOffice();
  const adviser = await addPartner([office]);
  const old = await renewCalendar(adviser);
  const token = await renewCalendar(adviser);
  const rows = await asSystem((tx) =>
    tx.select().from(calendarFeed).where(eq(calendarFeed.accountId, adviser.account)),
  );
  expect(rows).toMatchObject([{ tokenHash: sha256(token) }]);
  for (const file of [`${old}.ics`, token, 'x.ics', '.ics', `${sha256(token)}.ics`]) {
    expect((await answerCalendar(file)).status, file).toBe(404);
  }
  expect((await answerCalendar(`${token}.ics`)).status).toBe(200);
  await revokeCalendar(adviser);
  expect((await answerCalendar(`${token}.ics`)).status).toBe(404);
  await office.close();
});
