import { setImmediate as immediate } from 'node:timers/promises';
import { type Clock, systemClock } from '@/lib/core/clock';
import type { StaffActor, SystemActor } from '@/lib/core/scope';
import type { stockSync } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import type { KobanClient } from '@/lib/koban/client';
import { getProgrammes, type KobanProgramme } from '@/lib/koban/programmes';
import { endSync, keepSync, LeaseLost, type SyncLease, type SyncState, takeSync } from './hold-lease';
import { type PulledPage, pullLots } from './pull-lots';
import {
  type CodeHolders,
  type KnownLots,
  knownLots,
  lotCode,
  nameProgrammes,
  storeLots,
  withdrawLots,
} from './store-lots';
import {
  programmeCodes,
  storeNamedProgrammes,
  storeProgrammes,
  withdrawOtherProgrammes,
} from './store-programmes';

// Koban may show a change late, and its clock is not ours: ten minutes are asked again at every pull (RELIABILITY, rule 16).
const OVERLAP_MS = 600_000;
// Programmes change rarely; one that lots name before it is listed gets a row of its own at once.
const PROGRAMMES_EVERY_MS = 300_000;
// A pass that would withdraw more than half of a stock of this size is not believed until a person confirms it.
const SMALL_STOCK = 20;

/** What to do: `due` pulls everything the first time and then what changed; `reconcile` pulls everything and withdraws the rest. */
export type SyncInput = {
  /** Asked once the mirror is taken: an access that changes from then on ends the lease, one that changed before is in the answer. */
  koban: () => Promise<KobanClient>;
  pass: 'due' | 'reconcile';
  clock?: Clock;
};

export type SyncResult =
  | { kind: 'done'; changed: number; withdrawn: number; fault: string | null }
  /** Another process feeds this mirror now. */
  | { kind: 'busy' }
  /** Nothing was concluded; pages already stored stay. `fault` is `unreachable:refused`, `pages-unsettled`… */
  | { kind: 'failed'; fault: string };

type Run = {
  actor: StaffActor | SystemActor;
  koban: KobanClient;
  lease: SyncLease;
  state: SyncState;
  input: SyncInput;
};
/** `gone`: how many lots were not withdrawn because they were too many to believe it. */
type Conclusion = { changed: number; withdrawn: number; fault: string | null; gone: number | null };

/** When the programmes of a Koban were last pulled: another access is another client, and has not been asked. */
const programmesPulledAt = new WeakMap<KobanClient, number>();

/**
 * Brings one promoter's mirror up to date with its Koban (`ncDealProcess/GetAll`, `ncDeal/GetUpdated`). Each page is committed
 * as it comes, with the progress that screens show; the watermark moves only once the last page is in. When Koban does not
 * answer, only the fault and the time of the attempt are written.
 */
export async function syncPromoter(actor: StaffActor | SystemActor, input: SyncInput): Promise<SyncResult> {
  const taken = await asTenant(actor.scope, (tx) => takeSync(tx, actor.promoter));
  if (!taken) return { kind: 'busy' };
  const { lease } = taken;
  try {
    const run: Run = { actor, koban: await input.koban(), ...taken, input };
    const result = await pull(run);
    if (result.kind === 'failed') {
      const { fault } = result;
      const marks =
        input.pass === 'reconcile' ? { lastFault: fault, reconcileFault: fault } : { lastFault: fault };
      await inTenant(run, (tx) => endSync(tx, lease, marks));
    }
    return result;
  } catch (fault) {
    if (fault instanceof LeaseLost) return { kind: 'busy' };
    await asTenant(actor.scope, (tx) => endSync(tx, lease, { lastFault: 'internal' })).catch(() => {});
    throw fault;
  }
}

const inTenant = <T>(run: Run, work: (tx: TenantTx) => Promise<T>) => asTenant(run.actor.scope, work);

async function pull(run: Run): Promise<SyncResult> {
  const { input, koban, lease, state } = run;
  const { clock = systemClock } = input;
  const phase = input.pass === 'reconcile' ? 'reconcile' : state.fullDoneAt ? 'delta' : 'full';
  await inTenant(run, (tx) => keepSync(tx, lease, { phase, progressDone: 0, progressTotal: null }));
  const startedAt = clock.now();
  const programmes = await pullProgrammes(run, phase !== 'delta');
  const known = await inTenant(run, (tx) => programmeCodes(tx, lease.promoterId));
  const since =
    phase === 'delta' && state.watermark ? new Date(state.watermark.getTime() - OVERLAP_MS) : null;
  const pass = since === null ? await inTenant(run, (tx) => knownLots(tx, lease.promoterId)) : null;
  const listed = new Set<string>();
  let newest: Date | null = null;
  const holders: CodeHolders = new Map();
  let changed = 0;

  const end = await pullLots(koban, since, async ({ lots, seen, total }: PulledPage) => {
    for (const lot of lots) {
      listed.add(lotCode(lot) ?? '');
      if (lot.updatedAt && (!newest || lot.updatedAt > newest)) newest = lot.updatedAt;
    }
    // The page was just parsed, in one go: whoever waits for this process has a turn.
    await immediate();
    await inTenant(run, async (tx) => {
      await storeNamedProgrammes(tx, lease.promoterId, lots, known);
      changed += await storeLots(tx, lease.promoterId, lots, { programmes: known.byGuid, pass, holders });
      await keepSync(tx, lease, { progressDone: seen, progressTotal: total });
    });
  });
  if (end.kind === 'unsettled') return { kind: 'failed', fault: 'pages-unsettled' };
  if (end.kind !== 'settled') return { kind: 'failed', fault: `${end.kind}:${end.reason}` };

  const skewMs = koban.clockSkewMs();
  const unstamped = listed.size > 0 && newest === null;
  // A Koban that lists nothing at all is asked for all again: what it may show later changed long ago.
  const nothing = since === null && listed.size === 0;
  const watermark = nothing
    ? null
    : nextWatermark({ startedAt, skewMs, newest: unstamped ? startedAt : newest }, state);
  return inTenant(run, async (tx) => {
    // Without exactness nothing was missed: only what is gone cannot be told.
    const inexact = phase === 'reconcile' && !end.exact;
    const conclusion: Conclusion = {
      changed,
      withdrawn: 0,
      fault: inexact ? 'pages-inexact' : null,
      gone: null,
    };
    if (phase !== 'delta' && end.exact && pass)
      await withdrawGone(tx, run, { pass, listed, programmes }, conclusion);
    const { withdrawn, fault: reconcileFault, gone } = conclusion;
    const marks: Partial<typeof stockSync.$inferInsert> = {
      watermark,
      fullDoneAt: state.fullDoneAt ?? startedAt,
      lastSeenAt: startedAt,
      lastFault: programmes.fault,
    };
    // Kept apart: the next pull knows nothing of it, and must not hide it until the next night.
    if (phase === 'reconcile')
      Object.assign(marks, { reconcileFault, reconcileGone: gone, reconcileConfirmed: null });
    if (phase === 'reconcile' && reconcileFault === null) marks.reconciledAt = startedAt;
    await endSync(tx, lease, marks);
    return { kind: 'done', changed, withdrawn, fault: reconcileFault ?? programmes.fault };
  });
}

/**
 * Where the next pull begins. Koban's filter goes by its own clock: when that one is behind ours, it must begin earlier. Where no
 * `Date` header tells how far, the newest change seen is the latest that Koban's clock is sure to have passed; in a quiet hour the
 * lots of the ten minutes before it are then read again at each pull.
 */
function nextWatermark(
  { startedAt, skewMs, newest }: { startedAt: Date; skewMs: number | null; newest: Date | null },
  { watermark: before }: SyncState,
): Date | null {
  if (skewMs !== null) return new Date(startedAt.getTime() + Math.min(0, skewMs));
  // Nothing came: what was known before still holds.
  const ceiling = newest ?? before;
  return ceiling && (ceiling < startedAt ? ceiling : startedAt);
}

type Programmes = { list: KobanProgramme[] | null; exact: boolean; fault: string | null };

/** The programmes, when they are due; lots are pulled whatever comes of it. */
async function pullProgrammes(run: Run, always: boolean): Promise<Programmes> {
  const { promoterId } = run.lease;
  const age = performance.now() - (programmesPulledAt.get(run.koban) ?? Number.NEGATIVE_INFINITY);
  if (!always && age < PROGRAMMES_EVERY_MS) return { list: null, exact: false, fault: null };
  const outcome = await getProgrammes(run.koban);
  if (outcome.kind !== 'done') {
    return { list: null, exact: false, fault: `programmes:${outcome.kind}:${outcome.reason}` };
  }
  const { programmes, exact } = outcome.value;
  await inTenant(run, async (tx) => {
    await keepSync(tx, run.lease, {});
    await storeProgrammes(tx, promoterId, programmes);
    await nameProgrammes(tx, promoterId);
  });
  programmesPulledAt.set(run.koban, performance.now());
  return { list: programmes, exact, fault: null };
}

/**
 * Withdraws what an exact pass over everything did not see, unless that would empty the shop window. A first pass may empty it:
 * what it finds there is of another Koban (`changeKobanAccess`), or of a first pass that did not come to its end.
 */
async function withdrawGone(
  tx: TenantTx,
  { lease: { promoterId }, state }: Run,
  seen: { pass: KnownLots; listed: ReadonlySet<string>; programmes: Programmes },
  conclusion: Conclusion,
): Promise<void> {
  const live = [...seen.pass.lots.keys()];
  const gone = live.filter((code) => !seen.listed.has(code));
  const most = gone.length > SMALL_STOCK / 2 && gone.length > live.length / 2;
  // What a person confirmed holds for as many lots as they were told of, and no more.
  if (most && state.fullDoneAt !== null && gone.length > (state.reconcileConfirmed ?? 0)) {
    conclusion.fault = seen.listed.size === 0 ? 'reconcile:nothing-listed' : 'reconcile:most-gone';
    conclusion.gone = gone.length;
    return;
  }
  await withdrawLots(tx, promoterId, gone);
  conclusion.withdrawn = gone.length;
  const { list, exact } = seen.programmes;
  if (list?.length && exact) await withdrawOtherProgrammes(tx, promoterId, list);
}
