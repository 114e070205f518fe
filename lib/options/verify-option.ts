import { eq } from 'drizzle-orm';
import { operation, option, prospect } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { KobanClient } from '@/lib/koban/client';
import { getLotStatus, type LotStatus } from '@/lib/koban/options';
import { afterSilence } from '@/lib/operations/answers';
import type { Ending, OperationRow, Phase, Turn } from '@/lib/operations/definition';
import { keepReading, readGrant } from './read-grant';
import { readNews } from './read-news';
import { judgeOurs, quietUntil, type Rank, type Reading, ranksTaken, type Seen } from './rules';
import type { ChangePhase } from './schema';
import {
  type ChangeAct,
  type ChangeData,
  type ChangeSubject,
  changeSchema,
  dateOf,
  provenAt,
} from './settle-change';
import { askedOf, dataSchema } from './settle-option';

export type ChangeTurn = Turn<ChangeData>;
export type ChangeStep = Phase<ChangeSubject, ChangeData, KobanClient>;

/** The present by Koban's own clock, whose half hours they are; by ours until Koban has answered once. */
export const kobanNow = (koban: KobanClient, now: Date): Date =>
  new Date(now.getTime() + (koban.clockSkewMs() ?? 0));

export const rankOf = (rank: number): Rank => (rank === 2 ? 2 : 1);

/** What Koban shows of a lot's options, in the portal's words. */
export function seenOf(status: LotStatus): Seen {
  const grant = readGrant(status);
  return {
    taken: ranksTaken(grant),
    code: grant.rank === null ? grant.code : null,
    endDate: status.endDate,
  };
}

/** The option that a change is about, and what Koban's webhooks told of its lot since it was placed. */
export async function loadChange(tx: TenantTx, row: OperationRow): Promise<ChangeSubject> {
  const { optionId } = changeSchema.parse(row.data);
  const [found] = await tx
    .select({
      rank: option.rank,
      state: option.state,
      expiresAt: option.expiresAt,
      prolongedTo: option.prolongedTo,
      placedAt: option.placedAt,
      placing: operation.data,
      thirdGuid: prospect.kobanGuid,
    })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .innerJoin(prospect, eq(prospect.id, option.prospectId))
    .where(eq(option.id, optionId));
  if (!found) throw new Error('The option of an act was not found');
  const { rank, state, expiresAt, prolongedTo, thirdGuid } = found;
  // The date that was sent: a webhook may have proven the option before that date was written on it.
  const { placedAt, ahead } = askedOf(dataSchema.parse(found.placing));
  const held = { rank: rankOf(rank), expiresAt, thirdGuid, placedAt, prolongedTo, ahead };
  const lot = row.lotExtcode ?? '';
  const told = await readNews(tx, row.promoterId, lot, found.placedAt);
  return { held, placed: state === 'placed', lot, told };
}

/** A reading of the lot that this change is about, and how it is kept. */
export async function readLot(koban: KobanClient, { ref, subject }: ChangeAct) {
  const outcome = await getLotStatus(koban, subject.lot);
  if (outcome.kind !== 'done') return { kind: 'silent' as const, outcome };
  const { value, at: seenAt } = outcome;
  const also: NonNullable<ChangeTurn['also']> = async (tx) =>
    void (await keepReading(tx, { promoterId: ref.promoter, extcode: subject.lot }, value, seenAt));
  const facts = {
    result: value.result,
    maxRank: value.maxRank,
    endDate: value.endDate?.toISOString() ?? null,
  };
  const seen: Reading = { ...seenOf(value), at: seenAt };
  return { kind: 'seen' as const, seen, facts, also };
}

const no = (code: string, data: Partial<ChangeData> = {}): ChangeTurn => ({
  step: 'refused',
  data,
  ending: { to: 'refused', code },
});

/** What `heldBack` says: under these codes nothing was sent. */
export const heldBackCodes = new Set(['option-over', 'rank-moved', 'not-proven', 'quiet']);

/**
 * Why nothing may be sent now: the option is over, its rank has moved, Koban's full or half hour is near, or what Koban told while
 * the lot was read takes away what the reading proved. Asked once more immediately before sending.
 */
export function heldBack(koban: KobanClient, act: ChangeAct): ChangeTurn | null {
  const { placed, held, told } = act.subject;
  const { rank, before, rank1EndsAt } = act.data;
  if (!placed) return no('option-over');
  if (held.rank !== rank) return no('rank-moved');
  const at = provenAt(act.data);
  const read: Reading | null = before && { taken: before, code: null, endDate: dateOf(rank1EndsAt), at };
  if (read && judgeOurs(held, read, told) !== 'ours') return no('not-proven');
  const until = quietUntil(kobanNow(koban, act.now()));
  return until && no('quiet', { quietUntil: until.toISOString() });
}

/** The phase that proves the option still ours: a reading of the lot, of no effect in Koban. */
export const verifyThen = (next: Exclude<ChangePhase, 'verify'>): ChangeStep => ({
  repeatable: true,
  asks: ({ subject }) => ({ lot: subject.lot }),
  async run(koban, act): Promise<ChangeTurn> {
    const back = heldBack(koban, act);
    if (back) return back;
    const reading = await readLot(koban, act);
    if (reading.kind === 'silent') return afterSilence(reading.outcome);
    const { seen, facts, also } = reading;
    const verdict = judgeOurs(act.subject.held, seen, act.subject.told);
    if (verdict !== 'ours') return { ...no(verdict), facts, also };
    const before = seen.taken === 2 ? 2 : 1;
    const rank1EndsAt = seen.endDate?.toISOString() ?? null;
    const data = { before, rank1EndsAt, readAt: seen.at.toISOString() } as const;
    return { step: 'done', facts, also, data, ending: { to: 'phase', phase: next } };
  },
});

/** Where a change whose result is not known is left: uncertain, until the option would have ended anyway. */
export function stillUnknown(act: ChangeAct, code: string): Ending {
  const { held, placed } = act.subject;
  const asked = dateOf(act.data.until) ?? held.expiresAt;
  const over = !placed || act.now().getTime() >= Math.max(asked.getTime(), held.expiresAt.getTime());
  return over ? { to: 'abandoned', code: 'change-never-known' } : { to: 'uncertain', code };
}
