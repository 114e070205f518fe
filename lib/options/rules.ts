import { expiryBoundary, nearBoundary } from '@/lib/core/half-hours';

export type Rank = 1 | 2;

/** Why no option can be placed. */
export type NoGrant = 'lot-unknown' | 'lot-prereserved' | 'lot-full' | 'lot-unavailable';

/** The rank that Koban grants now. `rank1EndsAt` is known for rank 2 only. */
export type Grant = { rank: Rank; rank1EndsAt: Date | null } | { rank: null; code: NoGrant };

/** How many options the lot bears, by what Koban grants: 0, 1 or 2; null when that does not tell. */
export function ranksTaken(grant: Grant): 0 | 1 | 2 | null {
  switch (grant.rank) {
    case 1:
      return 0;
    case 2:
      return 1;
    case null:
      return grant.code === 'lot-full' ? 2 : null;
  }
}

/** At most three options in progress for one prospect (Koban Immobilier, Add errorcode 01). */
export const OPTIONS_PER_PROSPECT = 3;

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;
const DAY_MS = 24 * HOUR_MS;

/** When Koban will let the option go: the first full or half hour not before its date plus its life in hours. */
export function expiryOf(placedAt: Date, optionHours: number): Date {
  return expiryBoundary(new Date(placedAt.getTime() + optionHours * HOUR_MS));
}

/**
 * What a reading after an unknown Add suggests. It never proves that an option is ours (RELIABILITY rule 9): a rival may
 * have taken that rank. `before` is what the lot bore when the Add was sent.
 */
export function judgeAddReading(before: 0 | 1, grant: Grant): 'no-trace-yet' | 'one-more' | 'moved' {
  const after = ranksTaken(grant);
  if (after === before) return 'no-trace-yet';
  return after === before + 1 ? 'one-more' : 'moved';
}

/** An act that names a rank keeps this far from a full or half hour, when ranks may move (RELIABILITY rule 10). Minutes. */
export const QUIET_MINUTES = 2;

/** From when an option may be prolonged or cancelled again; null when it may be now. `now` is Koban's, whose boundary it is. */
export function quietUntil(now: Date): Date | null {
  if (!nearBoundary(now, QUIET_MINUTES)) return null;
  const nearest = Math.round(now.getTime() / HALF_HOUR_MS) * HALF_HOUR_MS;
  return new Date(nearest + QUIET_MINUTES * 60_000);
}

/** How far an option may be prolonged. All instants are exact full or half hours. */
export type Prolongation = { proposed: Date; latest: Date };

/**
 * The end that is proposed for a prolongation, and the latest that may be asked for; null when none is left.
 *
 * `optionHoursMax` is the longest that a promoter wants a lot kept from the other partners: it counts from the option's own date,
 * prolongation included. Proposed is one more option's life (`optionHours`) after the present end, or that longest hold when it
 * comes sooner. The latest is rounded down to a half hour, for Koban rounds a prolongation date up.
 */
export function prolongationOf(
  { placedAt, expiresAt }: { placedAt: Date; expiresAt: Date },
  { optionHours, optionHoursMax }: { optionHours: number; optionHoursMax: number },
): Prolongation | null {
  const most = placedAt.getTime() + optionHoursMax * HOUR_MS;
  const latest = Math.floor(most / HALF_HOUR_MS) * HALF_HOUR_MS;
  if (latest <= expiresAt.getTime()) return null;
  const proposed = Math.min(expiresAt.getTime() + optionHours * HOUR_MS, latest);
  return { proposed: new Date(proposed), latest: new Date(latest) };
}

/** The ends to choose from, soonest first: a day more each, the one proposed, and the latest. */
export function prolongationChoices(expiresAt: Date, { proposed, latest }: Prolongation): Date[] {
  const ends = new Set([proposed.getTime(), latest.getTime()]);
  for (let end = expiresAt.getTime() + DAY_MS; end < latest.getTime(); end += DAY_MS) ends.add(end);
  return [...ends].sort((one, other) => one - other).map((end) => new Date(end));
}

/** Whether an option may be prolonged to this instant: a full or half hour after its end, not after the latest. */
export function mayProlongTo(until: Date, expiresAt: Date, bounds: Prolongation): boolean {
  return until.getTime() % HALF_HOUR_MS === 0 && until > expiresAt && until <= bounds.latest;
}

/** An option of ours, as the portal knows it. `expiresAt` is its full or half hour. */
export type Held = { rank: Rank; expiresAt: Date; thirdGuid: string | null };

/** What Koban shows of a lot's options now. `endDate` is that of rank 1, as Koban gives it. */
export type Seen = { taken: 0 | 1 | 2 | null; code: NoGrant | null; endDate: Date | null };

/** A thing that Koban's webhooks told of a lot. `until`: the end that it names. */
export type News = {
  event: 'placed' | 'prolonged' | 'cancelled' | 'expired' | 'reserved' | 'withdrawn';
  thirdGuid: string | null;
  rank: number | null;
  until: Date | null;
  receivedAt: Date;
};

/** Whether the last news of a lot speaks against what we hold there: our option ended or elsewhere, or its rank another's. */
export function contradicts({ rank, thirdGuid }: Held, news: News | null): boolean {
  if (!news) return false;
  const ours = thirdGuid !== null && news.thirdGuid === thirdGuid;
  switch (news.event) {
    case 'placed':
    case 'prolonged':
      return ours ? news.rank !== null && news.rank !== rank : news.rank === rank;
    case 'cancelled':
    case 'expired':
      // Another's end before ours lets rank 2 move up: what we held under it is then not known.
      return ours || (rank === 2 && news.rank !== 2);
    case 'reserved':
      return true;
    case 'withdrawn':
      return false;
  }
}

const endsWith = (endDate: Date | null, boundary: Date | null): boolean =>
  endDate !== null && boundary !== null && expiryBoundary(endDate).getTime() === boundary.getTime();

/**
 * What of an option of ours names its end to the second: the date sent to Koban, and its prolongation. `ahead`: when the option of
 * rank 1 ended behind which it was granted rank 2.
 */
export type Owned = Held & { placedAt: Date; prolongedTo: Date | null; ahead: Date | null };

/**
 * Whether rank 1's end is ours: `yes` when to the second it is the end of the prolongation, or whole hours after our date (its life
 * is set in Koban). A half hour alone, as a Koban that rounds would give it, may be the end of any option placed near ours.
 */
function isOurEnd(endDate: Date, { expiresAt, placedAt, prolongedTo }: Owned): 'yes' | 'perhaps' | 'no' {
  if (!endsWith(endDate, expiresAt)) return 'no';
  if (prolongedTo) return sameSecond(endDate, prolongedTo) ? 'yes' : 'no';
  if (endDate.getTime() % HALF_HOUR_MS === 0) return 'perhaps';
  return wholeHours(placedAt, endDate) ? 'yes' : 'no';
}

const sameSecond = (one: Date, other: Date): boolean =>
  Math.floor(one.getTime() / 1_000) === Math.floor(other.getTime() / 1_000);

/** The code of an option that Koban took without having shown yet at which rank: Add answers yes, and no more. */
export const RANK_UNPROVEN = 'rank-unproven';

/** What Koban was asked for. `ahead`: when the option of rank 1 ended, as the grant of rank 2 told. */
export type Asked = { placedAt: Date; rank: Rank; ahead: Date | null };

/**
 * The rank of an option that Koban said yes to, as a reading shows it: the second where rank 1 is still the one it was granted behind;
 * the first where rank 1's end is whole hours after our date; else the second of two. Null when the reading does not tell: another may have come before or behind it meanwhile.
 */
export function rankAsRead(
  { placedAt, rank, ahead }: Asked,
  { taken, endDate }: Pick<Seen, 'taken' | 'endDate'>,
): Rank | null {
  if (taken === null || taken === 0) return null;
  if (endDate === null) return taken === 2 && rank === 2 ? 2 : null;
  if (taken === 2 && ahead && sameSecond(endDate, ahead)) return 2;
  const rounded = endDate.getTime() % HALF_HOUR_MS === 0;
  const ours = wholeHours(rounded ? expiryBoundary(placedAt) : placedAt, endDate);
  if (ours) return rounded && taken === 2 ? null : 1;
  return taken === 2 ? 2 : null;
}

const wholeHours = (from: Date, to: Date): boolean =>
  (Math.floor(to.getTime() / 1_000) - Math.floor(from.getTime() / 1_000)) % (HOUR_MS / 1_000) === 0;

/** Koban may call before its own reading shows what it tells of: the looks of lib/webhooks/look-again take 72 s. Milliseconds. */
const SHOWN_MS = 120_000;

/** Whether a reading made at this instant may not show yet what was told. */
const isNewer = ({ receivedAt }: News, readAt: Date): boolean =>
  receivedAt.getTime() > readAt.getTime() - SHOWN_MS;

/** Whether this date is one option's and no other's: a half hour may be anybody's, rounded or prolonged to. */
const isExact = (date: Date): boolean => Math.floor(date.getTime() / 1_000) % (HALF_HOUR_MS / 1_000) !== 0;

/**
 * Whether a reading denies what was told long enough before it: then it was told late, or twice, of an option that is no more. Rank 1:
 * the reading names ours by its very end. Rank 2: it names the option that ours was granted behind; nothing has moved up, and an end
 * was another's, unless it may be that of ours at rank 2.
 */
function isDenied(news: News, held: Owned, { endDate, at }: Reading): boolean {
  if (!endDate || !isExact(endDate) || isNewer(news, at)) return false;
  if (held.rank === 1) return isOurEnd(endDate, held) === 'yes';
  if (news.event !== 'cancelled' && news.event !== 'expired') return false;
  const behind = held.ahead !== null && sameSecond(endDate, held.ahead);
  return behind && (news.thirdGuid !== held.thirdGuid || news.rank === 1);
}

/** Whose option the last call about rank 2 names there. Any end told since, of whatever rank, takes it away: rank 2 may have moved up. */
function secondTold(told: readonly News[]): string | null {
  const last = told.findLast(
    ({ event, rank }) => rank === 2 || (!isPlacement(event) && event !== 'withdrawn'),
  );
  return last && isPlacement(last.event) ? last.thirdGuid : null;
}

const isPlacement = (event: News['event']): boolean => event === 'placed' || event === 'prolonged';

/** What Koban showed, and when. */
export type Reading = Seen & { at: Date };

/**
 * Whether the option is proven still ours, before Koban is told to change it: Prolong and Undo name a lot and a rank, whosever
 * option stands there (RELIABILITY rule 10). Rank 1: its end is ours to the second, or to the half hour where Koban's last call about
 * the lot names us there. Rank 2, of which Koban gives no end: its last call about that rank names us, two options are still in
 * progress, and the first of them is not ours, moved up. In both cases the last that was told does not speak against it, but for what
 * the reading denies. `told`: since it was placed, oldest first.
 */
export function judgeOurs(
  held: Owned,
  seen: Reading,
  told: readonly News[],
): 'ours' | 'option-gone' | 'not-proven' {
  if (seen.taken === 0) return 'option-gone';
  const news = told.filter((each) => !isDenied(each, held, seen));
  const last = news.at(-1) ?? null;
  if (seen.taken === null || seen.taken < held.rank || contradicts(held, last)) return 'not-proven';
  const first = seen.endDate && isOurEnd(seen.endDate, held);
  if (held.rank === 2) {
    const named = held.thirdGuid !== null && secondTold(news) === held.thirdGuid;
    return named && (first === null || first === 'no') ? 'ours' : 'not-proven';
  }
  return first === 'yes' || (first === 'perhaps' && names(held, last)) ? 'ours' : 'not-proven';
}

/** Whether the last news of a lot says that our option stands at its rank. */
const names = ({ rank, thirdGuid }: Held, news: News | null): boolean =>
  news !== null &&
  isPlacement(news.event) &&
  thirdGuid !== null &&
  news.thirdGuid === thirdGuid &&
  news.rank === rank;

/**
 * What a reading after an unknown Prolong proves: rank 1's end moved to what was asked. Rank 2 has none: nothing is told of it.
 * `provenAt`: when a reading proved the option ours, before the Prolong was sent: what was told long before that no longer counts.
 */
export function judgeProlongReading(
  held: Held,
  { until, provenAt }: { until: Date; provenAt: Date },
  seen: Seen,
  told: readonly News[],
): 'done' | 'no-trace-yet' | 'untold' | 'moved' {
  const last = told.findLast((news) => isNewer(news, provenAt)) ?? null;
  if (seen.taken === null || seen.taken < held.rank || contradicts(held, last)) return 'moved';
  if (held.rank === 2 || seen.endDate === null) return 'untold';
  if (sameSecond(seen.endDate, until)) return 'done';
  return endsWith(seen.endDate, held.expiresAt) ? 'no-trace-yet' : 'moved';
}

/**
 * Whether the one option that is left has rank 1's own date rather than ours: to the second when both end at one half hour. A date
 * on the half hour itself may be either's, rounded.
 */
function isFirsts(endDate: Date, first: Date | null, held: Held): boolean {
  if (!first) return false;
  if (!endsWith(endDate, held.expiresAt)) return endsWith(endDate, expiryBoundary(first));
  return Math.abs(endDate.getTime() - first.getTime()) < 1_000 && endDate.getTime() % HALF_HOUR_MS !== 0;
}

/**
 * What a reading after an unknown Undo suggests. Fewer options than `before`, and not because the other one ended: ours has ended,
 * by our act or otherwise, which nothing proves. As many as before: no trace.
 */
export function judgeUndoReading(
  held: Held,
  { before, rank1EndsAt }: { before: 1 | 2; rank1EndsAt: Date | null },
  seen: Seen,
): 'ended' | 'no-trace-yet' | 'moved' {
  if (seen.taken === null) return 'moved';
  if (seen.taken === 0) return 'ended';
  if (seen.taken >= before) {
    const replaced = held.rank === 1 && seen.endDate !== null && !endsWith(seen.endDate, held.expiresAt);
    return replaced ? 'moved' : 'no-trace-yet';
  }
  if (seen.endDate === null) return 'moved';
  if (held.rank === 1) return endsWith(seen.endDate, held.expiresAt) ? 'no-trace-yet' : 'ended';
  return isFirsts(seen.endDate, rank1EndsAt, held) ? 'ended' : 'moved';
}

/** What else is known of an option when its lot is read again. `asked`: an end that we asked for, without an answer. */
export type EndFacts = {
  held: Held;
  prolonged: boolean;
  asked: Date | null;
  news: News | null;
  /** What was last known of the lot before this reading; `rank1EndsAt`: of the option ahead of ours, while there were two. */
  known: { taken: number | null; rank1EndsAt: Date | null };
  optionHours: number;
};

/** `ended`: Koban no longer shows it. `lives`: it does, until then, at this rank. `wait`: nothing is told yet, ask again. */
export type EndVerdict =
  | { kind: 'ended'; early: boolean; proven: boolean }
  | { kind: 'lives'; rank: Rank; until: Date }
  | { kind: 'wait' };

/**
 * What a reading tells of an option of ours whose half hour has come, or whose lot the mirror shows with fewer options.
 * Never from the clock alone: until Koban shows otherwise, the option only waits (« expiration attendue »).
 */
export function judgeEnd(facts: EndFacts, seen: Seen, now: Date): EndVerdict {
  const { held, known, asked, news } = facts;
  const over = held.expiresAt <= now;
  const ended = (proven: boolean): EndVerdict => ({ kind: 'ended', early: !over, proven: proven && over });
  if (seen.taken === 0 || (seen.code === 'lot-unknown' && over)) return ended(true);
  // Pre-reserved: it may have become that reservation.
  if (seen.code === 'lot-prereserved' && over) return ended(false);
  if (seen.taken === null || seen.endDate === null) return { kind: 'wait' };
  const end = expiryBoundary(seen.endDate);
  const told = news?.event === 'prolonged' && news.thirdGuid === held.thirdGuid ? news.until : null;
  const confirmed =
    endsWith(seen.endDate, asked) || (told !== null && endsWith(seen.endDate, expiryBoundary(told)));
  const lives: EndVerdict = { kind: 'lives', rank: 1, until: end };
  if (held.rank === 2) {
    if (seen.taken === 2) return { kind: 'wait' };
    if (confirmed) return lives;
    const fell = news?.event === 'cancelled' || news?.event === 'expired' ? news : null;
    if (fell?.thirdGuid === held.thirdGuid || isFirsts(seen.endDate, known.rank1EndsAt, held)) {
      return ended(over);
    }
    if (!endsWith(held.expiresAt, end)) return over ? ended(true) : { kind: 'wait' };
    const either = known.rank1EndsAt && seen.endDate.getTime() === known.rank1EndsAt.getTime();
    return over || (either && !fell) ? { kind: 'wait' } : lives;
  }
  if (!over || end.getTime() === held.expiresAt.getTime()) return { kind: 'wait' };
  if (confirmed) return lives;
  const fell = known.taken === 2 && seen.taken === 1;
  const another =
    end < held.expiresAt ||
    facts.prolonged ||
    fell ||
    contradicts(held, news) ||
    isFresh(facts, seen.endDate, now);
  return another ? ended(true) : lives;
}

/** Whether this end is one life after an instant since ours was over: a new option's, not a later end of ours. */
function isFresh({ held, optionHours }: EndFacts, endDate: Date, now: Date): boolean {
  const life = optionHours * HOUR_MS;
  const placedAt = endDate.getTime() - life;
  return placedAt >= held.expiresAt.getTime() && placedAt <= now.getTime() + 60_000;
}

const ASK_AGAIN_MS = [5_000, 10_000, 20_000, 60_000, 120_000];
const ASK_LATER_MS = 300_000;

/** When an option that only waits is read again: soon at first, for Koban ends options within moments; then every five minutes. */
export function askAgainAt(now: Date, readings: number): Date {
  return new Date(now.getTime() + (ASK_AGAIN_MS[readings] ?? ASK_LATER_MS));
}
