import type { KobanClient } from '@/lib/koban/client';
import { getUpdatedLots, type KobanLot, type LotPage } from '@/lib/koban/lots';
import type { Malformed, Unknown, Unreachable } from '@/lib/koban/outcome';

/** One page more of a pull: lots to store, how many different ones were seen so far, how many Koban announces. */
export type PulledPage = { lots: KobanLot[]; seen: number; total: number | null };

export type PullEnd =
  /**
   * All that Koban lists was seen. Only when `exact` is a lot that was not seen proven to be gone: else Koban announces more
   * lots than it sends, or none at all, or its list never stood still.
   */
  { kind: 'settled'; exact: boolean } | { kind: 'unsettled' } | Unreachable | Malformed | Unknown;

// Koban does not publish the longest page. Five hundred lots with their custom fields are some 1.5 MB, under the
// client's 5 MB; a server that sends fewer is followed at its own pace, and a page that fails for its size is asked smaller.
const PAGE = 500;
const SMALLEST_PAGE = 20;
const PASSES = 3;

/** What tells one lot from another on the wire. */
const lotKey = (lot: KobanLot): string => lot.guid ?? `code ${lot.extcode}`;

/**
 * Reads every page of the lots changed since an instant (null: all), the next page asked while `store` works on the present one.
 *
 * Koban pages by position over a list that changes meanwhile, in an order it does not publish. So each page begins with the
 * last lot of the one before: when it is not there, lots have moved up and some may have slipped past, and the pull steps back
 * a page. At the end the different lots seen must be as many as Koban announces, with an announcement that never
 * changed; else all is read again, at most three times. A Koban that announces nothing is read until a page brings nothing new.
 */
export async function pullLots(
  client: KobanClient,
  since: Date | null,
  store: (page: PulledPage) => Promise<void>,
): Promise<PullEnd> {
  const all = new Set<string>();
  let before: ReadonlySet<string> | null = null;
  for (let pass = 1; ; pass += 1) {
    const end = await pullOnce(client, since, store);
    if (end.kind !== 'read') return end;
    if (end.steady) return { kind: 'settled', exact: end.counted };
    for (const key of end.keys) all.add(key);
    // The very same lots twice, or as many as announced over several readings: nothing was missed, but nothing is proven gone.
    const same = before !== null && sameKeys(before, end.keys);
    if (same) return { kind: 'settled', exact: false };
    if (pass >= PASSES)
      return all.size >= end.due ? { kind: 'settled', exact: false } : { kind: 'unsettled' };
    before = end.keys;
  }
}

/**
 * `due`: how many different lots Koban's announcement leaves once its unusable objects are taken off; `counted`: whether there was
 * an announcement.
 */
type Read = { kind: 'read'; keys: Set<string>; due: number; counted: boolean; steady: boolean };

async function pullOnce(
  client: KobanClient,
  since: Date | null,
  store: (page: PulledPage) => Promise<void>,
): Promise<Read | Unreachable | Malformed | Unknown> {
  const keys = new Set<string>();
  const rejected = new Set<number>();
  let steady = true;
  let total: number | null = null;
  let last: string | null = null;
  let length = PAGE;
  let start = 0;
  let turns = 0;
  let answer = ask(0, length);
  for (;;) {
    const outcome = await answer;
    if (outcome.kind !== 'done') {
      if (!tooMuch(outcome) || length <= SMALLEST_PAGE) return outcome;
      length = Math.max(SMALLEST_PAGE, length >> 1);
      answer = ask(start, length);
      continue;
    }
    const page = outcome.value;
    turns += 1;
    if (total !== null && page.total !== null && page.total !== total) steady = false;
    total = page.total ?? total;
    const contiguous: boolean =
      last === null || page.count === 0 || page.lots.some((lot) => lotKey(lot) === last);
    const known = keys.size + rejected.size;
    for (const lot of page.lots) keys.add(lotKey(lot));
    for (const { index } of page.rejected) rejected.add(start + index);
    const fresh = keys.size + rejected.size > known;
    const next = contiguous
      ? nextStart(page, start, fresh)
      : // A lot that moved up took the place of one not seen: read again from a page earlier.
        Math.max(0, start - length);
    if (!contiguous) steady = false;
    // A server that ignores `s`, or a list that shifts for ever: enough is enough.
    const endless = turns > 40 + (4 * (total ?? keys.size)) / Math.max(1, page.count);
    const over = next === null || endless;
    if (!over) answer = ask(next, length);
    try {
      // A lot met again may have changed since: it is stored again too.
      if (page.lots.length > 0) await store({ lots: page.lots, seen: keys.size, total });
    } catch (fault) {
      await answer;
      throw fault;
    }
    if (over) {
      const due = (total ?? 0) - rejected.size;
      const counted = total !== null;
      return { kind: 'read', keys, due, counted, steady: steady && keys.size >= due && !endless };
    }
    last = contiguous ? (page.lots.length > 0 ? keyOfLast(page) : last) : null;
    start = next;
  }

  function ask(from: number, most: number) {
    return getUpdatedLots(client, { since, start: from, length: most });
  }
}

/**
 * Where the next page begins: at the last lot of this one; null when this was the last page. Without an announcement only a
 * page that brings nothing `fresh` is the last: a short one may be as long as that server's pages are.
 */
function nextStart(page: LotPage, start: number, fresh: boolean): number | null {
  const end = start + page.count;
  const more = page.total === null ? fresh : end < page.total;
  if (!more || page.count === 0) return null;
  return page.count > 1 && page.lots.length > 0 ? end - 1 : end;
}

function keyOfLast(page: LotPage): string | null {
  const last = page.lots.at(-1);
  // A rejected object at the end of the page cannot be found again.
  const rejectedLast = page.rejected.some((reject) => reject.index === page.count - 1);
  return last && !rejectedLast ? lotKey(last) : null;
}

const tooMuch = (outcome: Unreachable | Malformed | Unknown) =>
  outcome.kind === 'unknown' && (outcome.reason === 'too-large' || outcome.reason === 'timeout');

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
