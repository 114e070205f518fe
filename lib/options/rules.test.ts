import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryBoundary } from '@/lib/core/half-hours';
import { parisParts } from '@/lib/core/paris';
import {
  type Asked,
  askAgainAt,
  contradicts,
  type EndFacts,
  expiryOf,
  type Held,
  judgeEnd,
  judgeOurs,
  judgeProlongReading,
  judgeUndoReading,
  mayProlongTo,
  type News,
  type Owned,
  prolongationChoices,
  prolongationOf,
  quietUntil,
  type Reading,
  rankAsRead,
  type Seen,
} from './rules';

const at = (text: string) => new Date(`2026-11-${text}Z`);
const end = at('26T14:30:00');
const later = at('28T14:30:00');
const first: Held = { rank: 1, expiresAt: end, thirdGuid: 'ours' };
const second: Held = { ...first, rank: 2 };
/** Placed 72 hours before the second at which Koban ends it: its very end, which its half hour rounds. */
const veryEnd = at('26T14:05:07');
const firstOurs: Owned = { ...first, placedAt: at('23T14:05:07'), prolongedTo: null, ahead: null };
const secondOurs: Owned = { ...firstOurs, rank: 2 };
const longer: Owned = { ...firstOurs, expiresAt: later, prolongedTo: later };
const one = (endDate: Date | null): Seen => ({ taken: 1, code: null, endDate });
const two = (endDate: Date | null): Seen => ({ taken: 2, code: 'lot-full', endDate });
const free: Seen = { taken: 0, code: null, endDate: null };
const prereserved: Seen = { taken: null, code: 'lot-prereserved', endDate: null };
const unexpected: Seen = { taken: null, code: 'lot-unavailable', endDate: null };
const readAt = at('24T10:00:00');
const reading = (seen: Seen): Reading => ({ ...seen, at: readAt });
/** Told a moment before the reading: it may not show it yet. */
const news = (event: News['event'], more: Partial<News> = {}): News => ({
  event,
  thirdGuid: 'another',
  rank: null,
  until: null,
  receivedAt: at('24T09:59:50'),
  ...more,
});
/** Told two minutes before the reading, which would show it. */
const old = (event: News['event'], more: Partial<News> = {}): News =>
  news(event, { receivedAt: at('24T09:58:00'), ...more });

describe('the two minutes around a full or half hour', () => {
  it.each([
    ['13:27:59.999', null],
    ['13:28:00.000', '13:32'],
    ['13:30:00.000', '13:32'],
    ['13:32:00.000', '13:32'],
    ['13:32:00.001', null],
    ['13:58:30.000', '14:02'],
    ['13:45:00.000', null],
  ])('at %s, again at %s', (time, again) => {
    const until = quietUntil(at(`26T${time}`));
    expect(until?.toISOString().slice(11, 16) ?? null).toBe(again);
  });

  it('holds on both nights of the clock change, and never for longer than four minutes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z'),
        fc.integer({ min: 0, max: 3 * 3_600_000 }),
        (night, ms) => {
          const now = new Date(Date.parse(night) + ms);
          const { minute, second: s, millisecond } = parisParts(now);
          const past = (minute % 30) * 60_000 + s * 1_000 + millisecond;
          const near = Math.min(past, 1_800_000 - past) <= 120_000;
          const until = quietUntil(now);
          expect(until !== null).toBe(near);
          if (until) expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(240_000);
        },
      ),
    );
  });
});

describe('how far an option may be prolonged', () => {
  const placedAt = at('23T14:12:00');
  it('proposes one more life, within the longest hold from its date', () => {
    const bounds = prolongationOf({ placedAt, expiresAt: end }, { optionHours: 72, optionHoursMax: 168 });
    expect(bounds).toEqual({ proposed: at('29T14:30:00'), latest: at('30T14:00:00') });
    const short = prolongationOf({ placedAt, expiresAt: end }, { optionHours: 72, optionHoursMax: 96 });
    expect(short).toEqual({ proposed: at('27T14:00:00'), latest: at('27T14:00:00') });
    expect(prolongationOf({ placedAt, expiresAt: end }, { optionHours: 72, optionHoursMax: 72 })).toBeNull();
  });

  it('takes full and half hours after the end and up to the latest, and no other', () => {
    const bounds = { proposed: at('29T14:30:00'), latest: at('30T14:00:00') };
    expect(mayProlongTo(at('26T15:00:00'), end, bounds)).toBe(true);
    expect(mayProlongTo(end, end, bounds)).toBe(false);
    expect(mayProlongTo(bounds.latest, end, bounds)).toBe(true);
    expect(mayProlongTo(at('30T14:30:00'), end, bounds)).toBe(false);
    expect(mayProlongTo(at('27T14:10:00'), end, bounds)).toBe(false);
  });

  it('offers only ends that may be taken, the proposed one among them, whatever the settings and the season', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-03-20'), max: new Date('2026-11-02'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 400 }),
        (date, optionHours, more) => {
          const expiresAt = expiryOf(date, optionHours);
          const option = { placedAt: date, expiresAt };
          const bounds = prolongationOf(option, { optionHours, optionHoursMax: optionHours + more });
          if (!bounds) return;
          const choices = prolongationChoices(expiresAt, bounds);
          expect(choices.map(Number)).toContain(bounds.proposed.getTime());
          for (const choice of choices) {
            expect(mayProlongTo(choice, expiresAt, bounds)).toBe(true);
            expect(expiryBoundary(choice)).toEqual(choice);
            expect([0, 30]).toContain(parisParts(choice).minute);
          }
        },
      ),
    );
  });
});

describe('whether an option is proven still ours', () => {
  const ours = { thirdGuid: 'ours' };
  const ourSecond = news('placed', { ...ours, rank: 2 });
  const behind: Owned = { ...secondOurs, ahead: at('25T09:00:07') };
  const ahead = two(behind.ahead);
  it.each<[string, Owned, Seen, News[], ReturnType<typeof judgeOurs>]>([
    ['rank 1, its very end', firstOurs, one(veryEnd), [], 'ours'],
    ['rank 1, its very end in fractions of a second', firstOurs, one(at('26T14:05:07.900')), [], 'ours'],
    ['rank 1, a rival of the same half hour', firstOurs, one(at('26T14:20:00')), [], 'not-proven'],
    ['rank 1, a rival of one second later', firstOurs, one(at('26T14:05:08')), [], 'not-proven'],
    ['rank 1, the half hour alone: it may be a rival’s', firstOurs, one(end), [], 'not-proven'],
    [
      'rank 1, the half hour, and Koban’s last call names us there',
      firstOurs,
      one(end),
      [news('placed', { ...ours, rank: 1, until: end })],
      'ours',
    ],
    [
      'rank 1, the half hour, and Koban’s last call names us elsewhere',
      firstOurs,
      one(end),
      [news('placed', { ...ours, rank: 2, until: end })],
      'not-proven',
    ],
    [
      'rank 1, the half hour, and Koban’s last call is about one behind us',
      firstOurs,
      two(end),
      [news('placed', { thirdGuid: 'rival', rank: 2, until: later })],
      'not-proven',
    ],
    [
      'rank 1, a rival of the same half hour, though the last call names us',
      firstOurs,
      one(at('26T14:20:00')),
      [news('placed', { ...ours, rank: 1, until: end })],
      'not-proven',
    ],
    [
      'rank 1, the half hour alone, placed on one',
      { ...firstOurs, placedAt: at('23T14:30:00') },
      one(end),
      [],
      'not-proven',
    ],
    ['rank 1, the life that Koban gives is another', firstOurs, one(at('25T14:05:07')), [], 'not-proven'],
    [
      'rank 1, the same, and its half hour was learnt from Koban',
      { ...firstOurs, expiresAt: at('25T14:30:00') },
      one(at('25T14:05:07')),
      [],
      'ours',
    ],
    ['rank 1 prolonged, until then', longer, one(later), [], 'ours'],
    ['rank 1 prolonged, a rival of the same half hour', longer, one(at('28T14:05:07')), [], 'not-proven'],
    ['rank 1 prolonged, its end as placed', longer, one(veryEnd), [], 'not-proven'],
    ['rank 1, half an hour less', firstOurs, one(at('26T14:00:00')), [], 'not-proven'],
    ['rank 1, half an hour more', firstOurs, one(at('26T14:30:00.001')), [], 'not-proven'],
    ['rank 1 of two', firstOurs, two(veryEnd), [], 'ours'],
    ['rank 1, no end given', firstOurs, two(null), [], 'not-proven'],
    ['a free lot', firstOurs, free, [], 'option-gone'],
    ['a pre-reserved lot', firstOurs, prereserved, [], 'not-proven'],
    ['an answer that nobody documents', firstOurs, unexpected, [], 'not-proven'],
    ['rank 2 of two, that no call named', secondOurs, two(null), [], 'not-proven'],
    ['rank 2 of two, no end given', secondOurs, two(null), [ourSecond], 'ours'],
    ['rank 2 of two, behind another', secondOurs, two(at('26T14:01:00')), [ourSecond], 'ours'],
    [
      'rank 2 of two, and rank 1 was prolonged since',
      secondOurs,
      two(later),
      [ourSecond, news('prolonged', { rank: 1 })],
      'ours',
    ],
    [
      'rank 2 of two, and its end was told before rank 1 was prolonged',
      secondOurs,
      two(later),
      [ourSecond, news('cancelled', { ...ours, rank: 2 }), news('prolonged', { rank: 1 })],
      'not-proven',
    ],
    ['rank 2 that has moved up: a rival is behind it', secondOurs, two(veryEnd), [ourSecond], 'not-proven'],
    ['rank 2, rank 1 ends at our half hour: it may be ours', secondOurs, two(end), [ourSecond], 'not-proven'],
    ['rank 2, one left', secondOurs, one(veryEnd), [ourSecond], 'not-proven'],
    ['told cancelled', firstOurs, one(veryEnd), [news('cancelled', { ...ours, rank: 1 })], 'not-proven'],
    [
      'rank 2, rank 1 told cancelled and two again',
      secondOurs,
      two(later),
      [news('cancelled', { rank: 1 })],
      'not-proven',
    ],
    ['rank 2, an expiry without a rank', secondOurs, two(later), [news('expired')], 'not-proven'],
    ['rank 2, another placed at it', secondOurs, two(later), [news('placed', { rank: 2 })], 'not-proven'],
    ['rank 1, rank 2 placed behind it', firstOurs, two(veryEnd), [news('placed', { rank: 2 })], 'ours'],
    ['rank 1, a file validated', firstOurs, one(veryEnd), [news('reserved')], 'not-proven'],
    ['rank 1, an old end of our prospect’s', firstOurs, one(veryEnd), [old('cancelled', ours)], 'ours'],
    [
      'rank 1, an old placing at its rank of another',
      firstOurs,
      two(veryEnd),
      [old('placed', { rank: 1 })],
      'ours',
    ],
    [
      'rank 1, ours placed at rank 2 before it moved up',
      firstOurs,
      one(veryEnd),
      [old('placed', { ...ours, rank: 2 })],
      'ours',
    ],
    [
      'rank 1 prolonged, an old end: another may be prolonged to the same half hour',
      longer,
      one(later),
      [old('cancelled', { ...ours, rank: 1 })],
      'not-proven',
    ],
    [
      'rank 1, the half hour, an old end since Koban’s last call named us',
      firstOurs,
      one(end),
      [old('placed', { ...ours, rank: 1 }), old('expired', ours)],
      'not-proven',
    ],
    [
      'rank 2 behind the same, an old end of another',
      behind,
      ahead,
      [ourSecond, old('expired'), old('cancelled', { rank: 1 }), old('cancelled', { rank: 2 })],
      'ours',
    ],
    [
      'rank 2 behind the same, an old end of our prospect’s at rank 1',
      behind,
      ahead,
      [ourSecond, old('cancelled', { ...ours, rank: 1 })],
      'ours',
    ],
    [
      'rank 2 behind the same, an old end of our prospect’s at rank 2: it may be ours',
      behind,
      ahead,
      [ourSecond, old('cancelled', { ...ours, rank: 2 })],
      'not-proven',
    ],
    [
      'rank 2 behind the same, an old expiry of our prospect’s: it may be ours',
      behind,
      ahead,
      [ourSecond, old('expired', ours)],
      'not-proven',
    ],
    [
      'rank 2 behind the same, and another was placed behind it',
      behind,
      ahead,
      [ourSecond, old('placed', { rank: 2 })],
      'not-proven',
    ],
    [
      'rank 2 behind the same, an end of another a moment ago',
      behind,
      ahead,
      [ourSecond, news('expired')],
      'not-proven',
    ],
    ['rank 2 behind another, an old end', behind, two(later), [ourSecond, old('expired')], 'not-proven'],
    [
      'rank 2 behind a half hour, an old end: it may be of another, rounded',
      { ...behind, ahead: later },
      two(later),
      [ourSecond, old('expired')],
      'not-proven',
    ],
  ])('%s', (_, held, seen, told, verdict) => expect(judgeOurs(held, reading(seen), told)).toBe(verdict));

  it('is never said of a lot with fewer options than its rank, nor against what was told last and may not be shown yet', () => {
    fc.assert(
      fc.property(anyOwned(), anySeen(), fc.array(anyNews()), (held, seen, told) => {
        if (judgeOurs(held, reading(seen), told) !== 'ours') return;
        expect(seen.taken).toBeGreaterThanOrEqual(held.rank);
        const last = told.at(-1) ?? null;
        if (last && last.receivedAt >= at('24T09:59:00')) expect(contradicts(held, last)).toBe(false);
      }),
    );
  });

  it('is not taken from rank 1 by whatever was told long before its very end was read', () => {
    fc.assert(
      fc.property(
        anyOwned(),
        fc.array(anyNews().map((each) => ({ ...each, receivedAt: end }))),
        (held, told) => {
          const owned: Owned = { ...held, rank: 1, placedAt: firstOurs.placedAt, expiresAt: end };
          expect(judgeOurs(owned, { ...one(veryEnd), at: later }, told)).toBe('ours');
        },
      ),
    );
  });
});

describe('the rank of an option that Koban took, as a reading shows it', () => {
  const { placedAt } = firstOurs;
  const asFirst: Asked = { placedAt, rank: 1, ahead: null };
  const asSecond: Asked = { placedAt, rank: 2, ahead: at('25T09:00:00') };
  it.each<[string, Asked, Seen, ReturnType<typeof rankAsRead>]>([
    ['alone with its end', asFirst, one(veryEnd), 1],
    ['with one behind it', asFirst, two(veryEnd), 1],
    ['a rival came before', asFirst, two(at('26T14:05:06')), 2],
    ['alone, its end rounded', asFirst, one(end), 1],
    ['two, their end rounded: either', asFirst, two(end), null],
    ['another alone', asFirst, one(at('26T14:05:06')), null],
    ['two, no end given', asFirst, two(null), null],
    ['gone', asFirst, free, null],
    ['pre-reserved', asFirst, prereserved, null],
    ['behind the one that was ahead', asSecond, two(at('25T09:00:00')), 2],
    ['behind one that ends in the same second', { ...asSecond, ahead: veryEnd }, two(veryEnd), 2],
    ['behind, no end given', asSecond, two(null), 2],
    ['rank 1 left, and another came behind', asSecond, two(veryEnd), 1],
    ['rank 1 left', asSecond, one(veryEnd), 1],
  ])('%s', (_, asked, seen, rank) => expect(rankAsRead(asked, seen)).toBe(rank));
});

describe('a reading after an unknown Prolong', () => {
  it.each<[string, Held, Seen, News[], ReturnType<typeof judgeProlongReading>]>([
    ['moved to what was asked', first, one(later), [], 'done'],
    ['moved to the same half hour, not to what was asked', first, one(at('28T14:05:00')), [], 'moved'],
    ['moved there, and told ended', first, one(later), [news('expired', { thirdGuid: 'ours' })], 'moved'],
    [
      'moved there, and told ended long before it was proven ours',
      first,
      one(later),
      [old('expired', { thirdGuid: 'ours' })],
      'done',
    ],
    ['unchanged', first, one(end), [], 'no-trace-yet'],
    ['moved elsewhere', first, one(at('27T14:30:00')), [], 'moved'],
    ['gone', first, free, [], 'moved'],
    ['rank 2 has no end', second, two(end), [], 'untold'],
    ['rank 2, one left', second, one(later), [], 'moved'],
    ['no end given', first, two(null), [], 'untold'],
  ])('%s', (_, held, seen, told, verdict) =>
    expect(judgeProlongReading(held, { until: later, provenAt: readAt }, seen, told)).toBe(verdict),
  );
});

describe('a reading after an unknown Undo', () => {
  const alone = { before: 1, rank1EndsAt: end } as const;
  const both = { before: 2, rank1EndsAt: end } as const;
  const behind = { before: 2, rank1EndsAt: at('25T09:00:00') } as const;
  it.each<
    [string, Held, typeof alone | typeof both | typeof behind, Seen, ReturnType<typeof judgeUndoReading>]
  >([
    ['free again', first, alone, free, 'ended'],
    ['unchanged', first, alone, one(end), 'no-trace-yet'],
    ['as many, with another end: a rival may stand there', first, alone, one(later), 'moved'],
    ['rank 2 moved up', first, both, one(later), 'ended'],
    ['rank 2 ended, not ours', first, both, one(end), 'no-trace-yet'],
    ['rank 1 is left', second, behind, one(at('25T09:00:00')), 'ended'],
    ['we moved up', second, behind, one(end), 'moved'],
    ['which one is left cannot be told', second, both, one(end), 'moved'],
    ['pre-reserved', first, alone, prereserved, 'moved'],
  ])('%s', (_, held, then, seen, verdict) => expect(judgeUndoReading(held, then, seen)).toBe(verdict));
});

describe('the end of an option', () => {
  const facts = (more: Partial<EndFacts> = {}): EndFacts => ({
    held: first,
    prolonged: false,
    asked: null,
    news: null,
    known: { taken: 1, rank1EndsAt: end },
    optionHours: 72,
    ...more,
  });
  const behind = facts({ held: second, known: { taken: 2, rank1EndsAt: at('25T09:00:00') } });
  const boundary = at('26T14:30:00');
  const wait = { kind: 'wait' };
  const ended = { kind: 'ended', early: false, proven: true };
  it.each<[string, EndFacts, Seen, Date, object]>([
    ['still shown at its half hour: expected, no more', facts(), one(end), boundary, wait],
    ['still shown an hour later', facts(), one(end), at('26T15:30:00'), wait],
    ['free', facts(), free, boundary, ended],
    [
      'free a moment before: ended by somebody',
      facts(),
      free,
      at('26T14:29:59.999'),
      { kind: 'ended', early: true, proven: false },
    ],
    ['unknown to Koban', facts(), { taken: null, code: 'lot-unknown', endDate: null }, boundary, ended],
    ['pre-reserved: perhaps by it', facts(), prereserved, boundary, { ...ended, proven: false }],
    ['an answer that nobody documents', facts(), unexpected, boundary, wait],
    [
      'a later end: prolonged at the promoter’s',
      facts(),
      one(later),
      boundary,
      { kind: 'lives', rank: 1, until: later },
    ],
    [
      'a later end of one prolonged already: another’s',
      facts({ prolonged: true }),
      one(later),
      boundary,
      ended,
    ],
    ['one life later: placed since', facts(), one(at('29T14:30:04')), at('26T14:30:05'), ended],
    ['rank 2 moved up', facts({ known: { taken: 2, rank1EndsAt: end } }), one(later), boundary, ended],
    [
      'the end that was asked for',
      facts({ prolonged: true, asked: later }),
      one(later),
      boundary,
      { kind: 'lives', rank: 1, until: later },
    ],
    [
      'a later end, and told expired',
      facts({ news: news('expired', { thirdGuid: 'ours' }) }),
      one(later),
      boundary,
      ended,
    ],
    ['rank 2, both there at its own end', behind, two(later), boundary, wait],
    ['rank 2, one with another end left', behind, one(later), boundary, ended],
    [
      'rank 2, ours alone, before its end: it moved up',
      behind,
      one(end),
      at('25T09:30:00'),
      { kind: 'lives', rank: 1, until: end },
    ],
    [
      'rank 2, rank 1 alone before its end: ours was ended',
      behind,
      one(at('25T09:00:00')),
      at('25T08:00:00'),
      { kind: 'ended', early: true, proven: false },
    ],
    ['rank 2, an end of nobody known', behind, one(later), at('25T09:30:00'), wait],
    [
      'rank 2, both of one half hour, ours is left: it moved up',
      facts({ held: second, known: { taken: 2, rank1EndsAt: at('26T14:10:00') } }),
      one(at('26T14:12:30')),
      at('25T09:30:00'),
      { kind: 'lives', rank: 1, until: end },
    ],
    [
      'rank 2, both of one half hour, rank 1 is left',
      facts({ held: second, known: { taken: 2, rank1EndsAt: at('26T14:10:00') } }),
      one(at('26T14:10:00.500')),
      at('25T09:30:00'),
      { kind: 'ended', early: true, proven: false },
    ],
    [
      'rank 2, both of one half hour, dates rounded: either',
      facts({ held: second, known: { taken: 2, rank1EndsAt: end } }),
      one(end),
      at('25T09:30:00'),
      wait,
    ],
    [
      'rank 2, the same, and Koban told that another ended',
      facts({ held: second, known: { taken: 2, rank1EndsAt: end }, news: news('cancelled', { rank: 1 }) }),
      one(end),
      at('25T09:30:00'),
      { kind: 'lives', rank: 1, until: end },
    ],
    ['rank 2, free', behind, free, at('25T09:30:00'), { kind: 'ended', early: true, proven: false }],
  ])('%s', (_, known, seen, now, verdict) => expect(judgeEnd(known, seen, now)).toEqual(verdict));

  it('with a clock 90 s fast asks, and says nothing until Koban has let it go', () => {
    // 14:30:00 here is 14:28:30 in Koban, which still shows the option.
    expect(judgeEnd(facts(), one(end), boundary)).toEqual(wait);
    expect(judgeEnd(facts(), free, at('26T14:31:31'))).toEqual(ended);
  });

  it('is never told by the clock alone, and never of an option whose end stands as it did', () => {
    fc.assert(
      fc.property(
        anyHeld(),
        anySeen(),
        fc.option(anyNews()),
        fc.integer({ min: -7_200, max: 720_000 }),
        (held, seen, told, seconds) => {
          const now = new Date(held.expiresAt.getTime() + seconds * 1_000);
          const verdict = judgeEnd(facts({ held, news: told }), seen, now);
          if (verdict.kind === 'ended') expect(seen.taken === 2 && held.rank === 2).toBe(false);
          if (verdict.kind === 'ended' && !verdict.early) expect(now >= held.expiresAt).toBe(true);
          if (verdict.kind === 'lives') expect(verdict.until.getTime() % 1_800_000).toBe(0);
          if (
            held.rank === 1 &&
            seen.endDate &&
            expiryBoundary(seen.endDate) <= held.expiresAt &&
            expiryBoundary(seen.endDate) >= held.expiresAt &&
            seen.taken
          )
            expect(verdict).toEqual(wait);
        },
      ),
    );
  });

  it('comes on the half hour in Paris, summer and winter time: the hour that is skipped, and the one that comes twice', () => {
    // Placed 72 h before 02:10, which does not exist on the night of 29 March: 03:10 by the wall, and the half hour after.
    const spring = expiryOf(new Date('2026-03-26T01:10:00Z'), 72);
    expect(spring.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(parisParts(spring)).toMatchObject({ hour: 3, minute: 30 });
    // Both 02:30 of 25 October are boundaries, an hour apart.
    const autumn = [0, 1].map((hour) => expiryOf(new Date(`2026-10-22T0${hour}:10:00Z`), 72));
    expect(autumn.map((each) => each.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
    for (const each of autumn) expect(parisParts(each)).toMatchObject({ hour: 2, minute: 30 });
  });
});

it('asks again soon, then every five minutes', () => {
  const now = at('26T14:30:00');
  const waits = [0, 1, 2, 3, 4, 5, 50].map(
    (readings) => (askAgainAt(now, readings).getTime() - now.getTime()) / 1_000,
  );
  expect(waits).toEqual([5, 10, 20, 60, 120, 300, 300]);
});

const anyEnd = () => fc.date({ min: at('24T00:00:00'), max: at('30T00:00:00'), noInvalidDate: true });
const anyHeld = (): fc.Arbitrary<Held> =>
  fc.record({
    rank: fc.constantFrom(1, 2),
    expiresAt: anyEnd().map((date) => expiryBoundary(date)),
    thirdGuid: fc.constant('ours'),
  });
const anyOwned = (): fc.Arbitrary<Owned> =>
  fc.tuple(anyHeld(), anyEnd()).map(([held, end]) => ({
    ...held,
    expiresAt: expiryBoundary(end),
    placedAt: new Date(end.getTime() - 72 * 3_600_000),
    prolongedTo: null,
    ahead: null,
  }));
const anySeen = (): fc.Arbitrary<Seen> =>
  fc.oneof(
    fc.constant(free),
    fc.constant(prereserved),
    fc.constant(unexpected),
    fc.option(anyEnd()).map(one),
    fc.option(anyEnd()).map(two),
  );
const anyNews = (): fc.Arbitrary<News> =>
  fc.record({
    event: fc.constantFrom('placed', 'prolonged', 'cancelled', 'expired', 'reserved', 'withdrawn'),
    thirdGuid: fc.constantFrom('ours', 'another', null),
    rank: fc.constantFrom(1, 2, null),
    until: fc.option(anyEnd()),
    receivedAt: fc.date({ min: at('24T09:50:00'), max: readAt, noInvalidDate: true }),
  });
