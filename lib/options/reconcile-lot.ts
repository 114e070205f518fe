import { and, eq, sql } from 'drizzle-orm';
import { expiryBoundary } from '@/lib/core/half-hours';
import type { SystemActor } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { lot } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { getLotStatus, type LotStatus } from '@/lib/koban/options';
import { type SilenceCode, silenceCode } from '@/lib/operations/answers';
import { proveOperation } from '@/lib/operations/prove';
import { kobanFor } from '@/lib/promoters/queries';
import { type Holding, isOver, judgeLot, type LotReading, type Told } from './judge-lot';
import { keepReading, readGrant } from './read-grant';
import { type ActUnderWay, actsUnderWay, type OwnRow, ownOptions } from './read-own';
import { recordEnded } from './record-ended';
import { provePlaced, recordPlaced, restorePlaced } from './record-placed';
import { recordProlonged } from './record-prolonged';
import { recordRank } from './record-rank';
import { rankAsRead, ranksTaken } from './rules';
import { rankOf } from './verify-option';

/** One placement on the lot after reconciling: `optionId` when it is a partner's option here. `held`: an own act is under way on it. */
export type Reconciled = Pick<Holding, 'third' | 'sighting' | 'standing'> & {
  optionId: string | null;
  over: boolean;
  held: boolean;
};

/** What came of it. `unread`: Koban gave no answer to rely on; what was told alone proves an act of ours, and nothing else. */
export type Reconciliation =
  | { kind: 'read'; holdings: Reconciled[]; reading: LotReading | null; mirrorChanged: boolean }
  | { kind: 'unread'; code: SilenceCode; holdings: Reconciled[] }
  | { kind: 'unknown-lot' };

export type ReconcileInput = {
  extcode: string;
  /** What webhooks told of the lot until an instant of the database's clock. */
  told(tx: TenantTx, until: Date): Promise<Told>;
  now?: () => Date;
};

const READINGS = 3;

/**
 * Brings the options of one lot to where Koban has them: reads the lot (GetLotStatus), holds all that webhooks told against it,
 * and writes what differs, with an audit entry for each change. Set, never counted up: however often it runs, in whatever
 * order, in however many processes, it ends in the same state.
 */
export async function reconcileLot(actor: SystemActor, input: ReconcileInput): Promise<Reconciliation> {
  const koban = await kobanFor(actor.promoter);
  for (let tries = 1; ; tries += 1) {
    const askedAt = await asTenant(actor.scope, databaseClock);
    const outcome = await getLotStatus(koban, input.extcode);
    const status = outcome.kind === 'done' ? outcome : null;
    const written = await asTenant(actor.scope, (tx) =>
      write(tx, { actor, input, askedAt, status: status?.value ?? null, seenAt: status?.at ?? null }),
    );
    // A later reading was kept while this one was on its way: this one says nothing any more.
    if (written === 'stale' && tries < READINGS) continue;
    if (written === 'stale') return { kind: 'unread', code: 'koban-silent', holdings: [] };
    if (written === 'unknown-lot') return { kind: 'unknown-lot' };
    if (outcome.kind === 'done') return { kind: 'read', ...written };
    return { kind: 'unread', code: silenceCode(outcome), holdings: written.holdings };
  }
}

type Work = {
  actor: SystemActor;
  input: ReconcileInput;
  askedAt: Date;
  status: LotStatus | null;
  seenAt: Date | null;
};

async function write(tx: TenantTx, work: Work) {
  const { actor, input, status, seenAt } = work;
  const lotIs = and(eq(lot.promoterId, actor.promoter), eq(lot.extcode, input.extcode));
  // One at a time on this lot, across processes.
  const [row] = await tx.select({ seenAt: lot.optionSeenAt }).from(lot).where(lotIs).for('update');
  if (!row) return 'unknown-lot';
  if (seenAt && row.seenAt && row.seenAt > seenAt) return 'stale';
  if (status?.grant.rank === null && status.grant.why === 'unknown-lot') {
    // It was read all the same: the next look at the lots begins with others.
    if (seenAt) await keepReading(tx, { promoterId: actor.promoter, extcode: input.extcode }, status, seenAt);
    return 'unknown-lot';
  }
  const rows = await ownOptions(tx, actor, input.extcode);
  const acts = await actsUnderWay(tx, actor, input.extcode);
  const told = await input.told(tx, work.askedAt);
  const reading = status && readingOf(status);
  // Ends first: the audit then tells them before the rank that moves because of them.
  const holdings = judgeLot(rows, told, reading).sort(endsFirst);
  const done: Reconciled[] = [];
  for (const holding of holdings) done.push(await apply(tx, work, { holding, told, reading, rows, acts }));
  const mirrorChanged =
    status !== null &&
    seenAt !== null &&
    (await keepReading(tx, { promoterId: actor.promoter, extcode: input.extcode }, status, seenAt));
  return { holdings: done, reading, mirrorChanged };
}

const endsFirst = (a: Holding, b: Holding): number =>
  Number(b.standing === 'over') - Number(a.standing === 'over');

type Judged = {
  holding: Holding;
  told: Told;
  reading: LotReading | null;
  rows: OwnRow[];
  acts: ActUnderWay[];
};

/** Writes what one placement has come to. */
async function apply(tx: TenantTx, work: Work, judged: Judged): Promise<Reconciled> {
  const { actor, input, askedAt } = work;
  const { holding, reading } = judged;
  const { third, sighting, standing } = holding;
  const now = input.now?.() ?? new Date();
  const { extcode } = input;
  const left = (optionId: string | null, held = false): Reconciled => ({
    third,
    sighting,
    standing,
    optionId,
    over: isOver(holding),
    held,
  });
  const row = judged.rows.find(({ id }) => id === holding.own?.id);
  const rank = standing === 1 || standing === 2 ? standing : null;
  const end = standing === 1 ? (reading?.rank1EndsAt ?? null) : null;
  if (!row) {
    if (!sighting || rank === null) return left(null);
    const made = await recordPlaced(tx, actor, { extcode, third, rank, endsAt: sighting.endsAt });
    if (made && sighting.prolongedTo) await recordProlonged(tx, actor, made, sighting.prolongedTo);
    return left(made?.id ?? null);
  }
  if (row.state === 'closed') return left(row.id);
  const act = judged.acts.find((each) =>
    each.optionId === null ? each.cabinetId === row.cabinetId : each.optionId === row.id,
  );
  // Its own answer is on the way, or its reservation may have used it: the act says what came of it, and this comes again.
  if (act && (act.state === 'open' || !proven.has(act.kind))) return left(row.id, true);
  if (row.state === 'sent' && sighting) {
    const placed = {
      extcode,
      third,
      rank: rank ?? rankOf(sighting.rank ?? row.rank),
      endsAt: sighting.endsAt,
      now,
    };
    if (!(await provePlaced(tx, actor, row, placed))) return left(row.id, true);
  }
  if (standing === 'over') {
    if (row.state === 'over') return left(row.id);
    // A reading made while Koban was placing it does not show it yet.
    const young =
      row.proof === 'answer' &&
      row.settledAt !== null &&
      row.settledAt.getTime() > askedAt.getTime() - YOUNG_MS;
    if (young) return left(row.id, true);
    if (act?.kind === 'annulation') await proveAct(tx, act, now);
    const how = endOfOption(judged, row, now);
    await recordEnded(tx, actor, row, {
      ...how,
      ...(act?.kind === 'annulation' && { endedBy: 'partner' }),
      at: now,
    });
    return left(row.id);
  }
  if (row.state === 'over') {
    if (standing === 1 && end)
      await restorePlaced(tx, actor, row, { extcode, rank: 1, until: expiryBoundary(end) });
    return left(row.id);
  }
  const prolongedTo = sighting?.prolongedTo ?? null;
  // For rank 1 the reading shows the prolongation too; for rank 2 it is Koban's word alone.
  if (prolongedTo && (!end || sameSecond(end, prolongedTo))) {
    const prolonged = await recordProlonged(tx, actor, row, prolongedTo);
    if (prolonged && act?.kind === 'prolongation') await proveAct(tx, act, now);
  }
  const placedUntil = prolongedTo ?? row.prolongedTo ?? sighting?.endsAt ?? null;
  const until = end ?? placedUntil;
  const shown = reading && unprovenRank(row, reading);
  const granted = rank ?? shown;
  if (granted === null) return left(row.id);
  await recordRank(
    tx,
    actor,
    { ...row, promoter: actor.promoter },
    {
      rank: granted,
      until: until && expiryBoundary(until),
      proven: granted === shown || granted === sighting?.rank,
    },
  );
  return left(row.id);
}

/** The rank that a reading shows of an option whose rank is not proven yet; null when it does not tell, or there is none such. */
const unprovenRank = ({ unproven, prolongedTo }: OwnRow, { count, rank1EndsAt }: LotReading) =>
  unproven && !prolongedTo ? rankAsRead(unproven, { taken: count, endDate: rank1EndsAt }) : null;

/** Acts that a webhook proves. */
const proven: ReadonlySet<string> = new Set(['prolongation', 'annulation']);

/** What Koban's clock and ours, and its own writing, may be apart. */
const YOUNG_MS = 2_000;
const sameSecond = (a: Date, b: Date): boolean =>
  Math.floor(a.getTime() / 1000) === Math.floor(b.getTime() / 1000);

const proveAct = (tx: TenantTx, act: ActUnderWay, at: Date) => proveOperation(tx, act.id, { at, facts: {} });

/** What ended an option, as far as it was told. */
function endOfOption({ told }: Judged, row: OwnRow, now: Date) {
  const hows = new Set(told.ends.filter(({ third }) => third === row.third).map(({ how }) => how));
  const due = now >= row.expiresAt;
  if (hows.has('expired') && (due || !hows.has('cancelled')))
    return { state: 'expired', endedBy: 'koban' } as const;
  if (hows.has('cancelled')) return { state: 'cancelled', endedBy: 'promoter' } as const;
  return { state: due ? 'expired' : 'cancelled', endedBy: 'unproven' } as const;
}

/** The count and rank 1's end, where the reading gives them; a pre-reserved lot bears no option any more. */
function readingOf(status: LotStatus): LotReading | null {
  const { grant, endDate } = status;
  if (grant.rank === null && grant.why === 'prereserved') return { count: 0, rank1EndsAt: null };
  const count = ranksTaken(readGrant(status));
  return count === null ? null : { count, rank1EndsAt: endDate };
}

async function databaseClock(tx: TenantTx): Promise<Date> {
  const [row] = await rowsOf<{ ms: number | string }>(
    tx,
    sql`select extract(epoch from clock_timestamp()) * 1000 as ms`,
  );
  return new Date(Number(row?.ms));
}
