import { describe, expect, it } from 'vitest';
import { judgeLot, type LotReading, type OwnOption, type Told } from './judge-lot';

const day = (n: number, second = 0) => new Date(Date.UTC(2026, 10, n, 10, 0, second));
const HOURS = 72;

/** An option of ours, placed on this day of November, for 72 hours. */
function own(id: string, third: string, placed: Date, change: Partial<OwnOption> = {}): OwnOption {
  const endsAt = new Date(placed.getTime() + HOURS * 3_600_000);
  return {
    id,
    third,
    rank: 1,
    state: 'placed',
    placedAt: placed,
    endsAt,
    expiresAt: endsAt,
    prolongedTo: null,
    ...change,
  };
}
const seen = (third: string, placed: Date, prolongedTo: Date | null = null) => ({
  third,
  rank: null,
  endsAt: new Date(placed.getTime() + HOURS * 3_600_000),
  prolongedTo,
});
const told = (change: Partial<Told> = {}): Told => ({ sightings: [], loose: [], ends: [], ...change });
const one = (end: Date): LotReading => ({ count: 1, rank1EndsAt: end });
const two = (end: Date): LotReading => ({ count: 2, rank1EndsAt: end });
const free: LotReading = { count: 0, rank1EndsAt: null };
const cancelled = (third: string) => told({ ends: [{ third, how: 'cancelled' }] });
const standings = (...args: Parameters<typeof judgeLot>) =>
  judgeLot(...args).map(({ own: ours, third, standing }) => [ours?.id ?? third, standing]);

const a = own('a', 'A', day(2, 1));
const b = own('b', 'B', day(3, 2));

describe('a lot judged by what was told and what is read', () => {
  it('a lot without options ends them all, told or not', () => {
    expect(standings([a, b], told(), free)).toEqual([
      ['a', 'over'],
      ['b', 'over'],
    ]);
  });

  it("rank 1's end names its holder: rank 2 that moved up is seen without a word", () => {
    expect(standings([a, b], told(), two(a.endsAt))).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(standings([a, b], told(), one(b.endsAt))).toEqual([
      ['a', 'over'],
      ['b', 1],
    ]);
  });

  it('with two options, rank 2 is the latest placement: a rival who came after has ended ours', () => {
    const rival = seen('R', day(4, 3));
    expect(standings([a, b], told({ sightings: [rival] }), two(a.endsAt))).toEqual([
      ['R', 2],
      ['a', 1],
      ['b', 'over'],
    ]);
  });

  it('an end that the reading denies is not believed, nor one that another option explains', () => {
    expect(standings([a], cancelled('A'), one(a.endsAt))).toEqual([['a', 1]]);
    expect(standings([a, b], cancelled('B'), two(a.endsAt))).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    const before = own('before', 'A', day(1), { state: 'over' });
    expect(standings([before, a], cancelled('A'), one(day(9)))).toEqual([
      ['before', 'unsure'],
      ['a', 'unsure'],
    ]);
  });

  it('an end is believed where somebody unknown now holds rank 1, and not where a second option is unknown too', () => {
    expect(standings([a], cancelled('A'), one(day(9)))).toEqual([['a', 'over']]);
    expect(standings([a], told(), one(day(9)))).toEqual([['a', 'unsure']]);
    expect(standings([a], cancelled('A'), two(day(9)))).toEqual([['a', 'unsure']]);
  });

  it('a prolongation is read where it was told, and denied where rank 1 still ends as placed', () => {
    const until = day(12);
    expect(standings([a], told({ sightings: [seen('A', day(2, 1), until)] }), one(until))).toEqual([
      ['a', 1],
    ]);
    expect(standings([a], told({ loose: [{ third: 'A', prolongedTo: until }] }), one(until))).toEqual([
      ['a', 1],
    ]);
    expect(standings([a], told({ loose: [{ third: 'Z', prolongedTo: until }] }), one(a.endsAt))).toEqual([
      ['a', 1],
    ]);
  });

  it('an act whose answer was lost is known by the second at which Koban ends it, whatever life Koban gives', () => {
    const sent = own('sent', 'A', day(2, 1), { state: 'sent' });
    expect(standings([sent], told(), one(day(9)))).toEqual([]);
    const longer = {
      third: 'A',
      rank: 1,
      endsAt: new Date(day(2, 1).getTime() + 96 * 3_600_000),
      prolongedTo: null,
    };
    expect(standings([sent], told({ sightings: [longer] }), one(longer.endsAt))).toEqual([['sent', 1]]);
    const other = {
      rank: 1,
      third: 'A',
      endsAt: new Date(day(2, 1).getTime() + 96 * 3_600_000 + 1_000),
      prolongedTo: null,
    };
    expect(standings([sent], told({ sightings: [other] }), one(other.endsAt))).toEqual([['A', 1]]);
    expect(standings([sent], told({ loose: [{ third: 'A', prolongedTo: null }] }), two(day(9)))).toEqual([
      ['sent', 'unsure'],
    ]);
  });

  it('two placed in one second keep their ranks', () => {
    const twin = own('twin', 'B', day(2, 1), { rank: 2 });
    expect(standings([twin, a], told(), two(a.endsAt))).toEqual([
      ['twin', 2],
      ['a', 1],
    ]);
    expect(standings([a, twin], cancelled('A'), one(a.endsAt))).toEqual([
      ['a', 'over'],
      ['twin', 1],
    ]);
  });

  it('one prospect may hold both ranks: the reading says which of its options is left', () => {
    const second = own('second', 'A', day(3, 2));
    const expired = told({ ends: [{ third: 'A', how: 'expired' }] });
    expect(standings([a, second], expired, one(second.endsAt))).toEqual([
      ['a', 'over'],
      ['second', 1],
    ]);
  });

  it('what its holder ended stays ended; what was wrongly ended comes back by its very end', () => {
    const closed = own('closed', 'A', day(2, 1), { state: 'closed' });
    expect(standings([closed], told(), one(closed.endsAt))).toEqual([['closed', 'unsure']]);
    const over = own('over', 'A', day(2, 1), { state: 'over' });
    expect(standings([over], told(), one(over.endsAt))).toEqual([['over', 1]]);
    expect(standings([a, { ...b, state: 'over' }], told(), two(a.endsAt))).toEqual([
      ['a', 1],
      ['b', 'over'],
    ]);
  });

  it('where Koban gives another life, its half hour is enough to keep an option, and no proof against another', () => {
    const until = new Date(a.endsAt.getTime() + 24 * 3_600_000 - 60_000);
    const kept = { ...a, expiresAt: new Date(Math.ceil(until.getTime() / 1_800_000) * 1_800_000) };
    expect(standings([kept, b], told(), one(until))).toEqual([
      ['a', 1],
      ['b', 'unsure'],
    ]);
  });

  it('an option of rank 2 does not become the first because a stranger’s ends within the same half hour', () => {
    const behind = {
      ...a,
      rank: 2,
      expiresAt: new Date(Math.ceil(a.endsAt.getTime() / 1_800_000) * 1_800_000),
    };
    const theirs = new Date(a.endsAt.getTime() - 1_000);
    expect(standings([behind], told(), two(theirs))).toEqual([['a', 'unsure']]);
    expect(standings([behind], told(), one(theirs))).toEqual([['a', 'unsure']]);
    expect(standings([behind], told(), one(a.endsAt))).toEqual([['a', 1]]);
  });

  it('without a reading nobody is judged', () => {
    expect(standings([a], cancelled('A'), null)).toEqual([['a', 'unsure']]);
  });
});
