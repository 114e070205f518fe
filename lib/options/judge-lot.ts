import { expiryBoundary } from '@/lib/core/half-hours';
import type { Rank } from './rules';

/** A placement that Koban's webhooks told of: whose it is, its rank and end as placed, and its prolongation if one was told. */
export type Sighting = { third: string; rank: number | null; endsAt: Date; prolongedTo: Date | null };
/** An end that a webhook told of. Which placement it ended is not told, and an expiry names no rank. */
export type EndTold = { third: string; how: 'cancelled' | 'expired' };
/** A telling that names no end: a placement without its date, or a prolongation that gives its new date alone. */
export type LooseTold = { third: string; prolongedTo: Date | null };
/** All that Koban's webhooks have told of one lot, in any order and however often. */
export type Told = {
  sightings: readonly Sighting[];
  loose: readonly LooseTold[];
  ends: readonly EndTold[];
};

/** What GetLotStatus says of a lot's options now: how many, and when rank 1 ends. */
export type LotReading = { count: 0 | 1 | 2; rank1EndsAt: Date | null };

/**
 * An option of the portal's on that lot. `sent`: Koban was asked and has not answered. `over`: a reading told its end, which a
 * better-informed one may take back; `closed`: its holder ended it, for good. `endsAt`: as computed from its date and life.
 */
export type OwnOption = {
  id: string;
  third: string;
  rank: number;
  state: 'sent' | 'placed' | 'over' | 'closed';
  placedAt: Date;
  endsAt: Date;
  expiresAt: Date;
  prolongedTo: Date | null;
};

/** Where a placement stands in Koban. `unsure`: neither the reading nor what was told decides it. */
export type Standing = Rank | 'over' | 'unsure';
export type Holding = { third: string; own: OwnOption | null; sighting: Sighting | null; standing: Standing };

const HOUR_S = 3_600;
/** Webhooks tell ends in seconds or milliseconds, readings in either too: they are compared by the second. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/**
 * Whether a sighting is of this very option. Koban's end is our date plus the life set in Koban, in whole hours: to the second
 * it is as good as a name, also where the promoter's setting here says another life.
 */
function isOf(sighting: Sighting, own: OwnOption): boolean {
  const life = seconds(sighting.endsAt) - seconds(own.placedAt);
  return sighting.third === own.third && life > 0 && life % HOUR_S === 0;
}

/**
 * Who holds which rank on a lot: our options and the placements told of, held against what Koban says now. It depends on what
 * was told and never on the order or number of tellings, so that duplicated, late and reordered webhooks end alike.
 *
 * Two facts carry it. The end of rank 1 names its holder, since no two placements end in one second. And with two options on
 * a lot nobody can place a third: so rank 2 is the latest placement of all.
 */
export function judgeLot(own: readonly OwnOption[], told: Told, reading: LotReading | null): Holding[] {
  const holdings = withLoose(own, paired(own, told.sightings), told.loose);
  if (!reading) return holdings;
  if (reading.count === 0) return holdings.map((holding) => ({ ...holding, standing: 'over' }));
  const first = holderOfFirst(holdings, told, reading.rank1EndsAt);
  const second = first.proven && reading.count === 2 ? latestAfter(holdings, first.holding) : null;
  return holdings.map((holding) => {
    if (holding === first.holding) return { ...holding, standing: 1 };
    if (holding === second) return { ...holding, standing: 2 };
    if (first.proven) return { ...holding, standing: 'over' };
    // Nobody known ends when rank 1 does: an end that was told is then not denied, unless another option may be meant.
    const silent = reading.count === 1 || reading.rank1EndsAt === null;
    return { ...holding, standing: silent && endTold(holdings, told, holding) ? 'over' : 'unsure' };
  });
}

/** Each option of ours with what was told of it, and what was told of others. */
function paired(own: readonly OwnOption[], sightings: readonly Sighting[]): Holding[] {
  const left = new Set(own);
  const pairs = sightings.map((sighting): Holding => {
    const ours = [...left].filter((each) => isOf(sighting, each));
    const best =
      ours.find(({ endsAt }) => seconds(endsAt) === seconds(sighting.endsAt)) ?? ours.find(isLive) ?? ours[0];
    if (best) left.delete(best);
    return { third: sighting.third, own: best ?? null, sighting, standing: 'unsure' };
  });
  const untold = [...left].map((each) => ({
    third: each.third,
    own: each,
    sighting: null,
    standing: 'unsure' as const,
  }));
  return [...pairs, ...untold];
}

/**
 * Gives what names no end to the latest of that prospect's. Sent and never told of at all: what became of it is not known here,
 * and it is left out.
 */
function withLoose(own: readonly OwnOption[], holdings: Holding[], loose: readonly LooseTold[]): Holding[] {
  const given = [...holdings];
  for (const { third, prolongedTo } of loose) {
    const latest = given
      .filter(
        (holding) =>
          holding.third === third && holding.own?.state !== 'closed' && holding.own?.state !== 'over',
      )
      .sort((a, b) => orderOf(b) - orderOf(a))[0];
    const endsAt = latest?.sighting?.endsAt ?? latest?.own?.endsAt;
    if (!latest || !endsAt) continue;
    const told = latest.sighting?.prolongedTo ?? prolongedTo;
    given[given.indexOf(latest)] = {
      ...latest,
      sighting: { third, rank: latest.sighting?.rank ?? null, endsAt, prolongedTo: told },
    };
  }
  const silent = new Set(own.filter(({ state }) => state === 'sent'));
  return given.filter(({ own: ours, sighting }) => sighting !== null || !ours || !silent.has(ours));
}

const isLive = ({ state }: OwnOption): boolean => state === 'sent' || state === 'placed';
/** The ends that this placement may have in Koban, to the second. */
const endsOf = ({ own, sighting }: Holding): number[] =>
  [sighting?.prolongedTo, own?.prolongedTo, sighting?.endsAt ?? own?.endsAt].flatMap((end) =>
    end ? [seconds(end)] : [],
  );
const orderOf = ({ own, sighting }: Holding): number =>
  seconds(sighting?.endsAt ?? own?.endsAt ?? new Date(0));

const rankOf = ({ own, sighting }: Holding): number => own?.rank ?? sighting?.rank ?? 1;

type First = { holding: Holding | null; proven: boolean };

function holderOfFirst(holdings: readonly Holding[], told: Told, end: Date | null): First {
  if (!end) return { holding: null, proven: false };
  const exact = holdings
    .filter((holding) => holding.own?.state !== 'closed' && endsOf(holding).includes(seconds(end)))
    .sort(
      // Two placed in one second, or prolonged to one date: the one that ended is not it, nor the one that was second.
      (a, b) =>
        Number(endTold(holdings, told, a)) - Number(endTold(holdings, told, b)) ||
        rankOf(a) - rankOf(b) ||
        orderOf(b) - orderOf(a),
    );
  if (exact[0]) return { holding: exact[0], proven: true };
  // Koban gave this option's half hour once, and the life set here is another: the half hour alone is no proof against others.
  // Of rank 2 it gives none: a stranger's rank 1 may end within the same half hour.
  const half = expiryBoundary(end).getTime();
  const near = holdings.filter(
    (holding) =>
      holding.own?.state === 'placed' &&
      holding.own.rank === 1 &&
      holding.own.expiresAt.getTime() === half &&
      !endTold(holdings, told, holding),
  );
  return { holding: near.length === 1 ? (near[0] ?? null) : null, proven: false };
}

function latestAfter(holdings: readonly Holding[], first: Holding | null): Holding | null {
  const others = holdings.filter((holding) => holding !== first);
  const latest = others.sort((a, b) => orderOf(b) - orderOf(a))[0];
  if (!latest || (first && orderOf(latest) < orderOf(first))) return null;
  // Known to be over: whoever holds rank 2 came after, and was not told of.
  return latest.own?.state === 'over' || latest.own?.state === 'closed' ? null : latest;
}

/** Whether an end was told that no other, ended option of the same prospect explains. */
export function endTold(holdings: readonly Holding[], { ends }: Told, holding: Holding): boolean {
  if (holding.own?.state === 'over' || !ends.some(({ third }) => third === holding.third)) return false;
  return !holdings.some((other) => other !== holding && other.third === holding.third && isOver(other));
}

/** An ended option, of which no more is expected. */
export const isOver = ({ own, standing }: Holding): boolean =>
  own?.state === 'over' || own?.state === 'closed' || standing === 'over';
