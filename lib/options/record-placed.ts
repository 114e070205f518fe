import { and, eq, inArray, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { expiryBoundary } from '@/lib/core/half-hours';
import { newId } from '@/lib/core/ids';
import type { SystemActor } from '@/lib/core/scope';
import { announce } from '@/lib/db/announce';
import { operation, option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { acceptedOnLot } from '@/lib/denonciations/queries';
import { proveOperation } from '@/lib/operations/prove';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import type { Rank } from './rules';
import type { OptionData } from './settle-option';

/** An option in Koban as a webhook told of it: its end as placed, before any prolongation. */
export type PlacedInKoban = { extcode: string; third: string; rank: Rank; endsAt: Date };
export type KnownOption = { id: string; cabinetId: string; operationId: string };

/**
 * An option that was sent and never answered is proven by Koban's own word of it: the act is done, and the option placed. An
 * answer that comes later finds the act closed.
 * @returns false when the act was settled in the meantime
 */
export async function provePlaced(
  tx: TenantTx,
  actor: SystemActor,
  { id, cabinetId, operationId }: KnownOption,
  placed: PlacedInKoban & { now: Date },
): Promise<boolean> {
  const { extcode, rank, endsAt, now } = placed;
  const until = expiryBoundary(endsAt);
  const facts = { rank, until: until.toISOString() };
  if (!(await proveOperation(tx, operationId, { at: now, facts }))) return false;
  await tx
    .update(option)
    .set({
      state: 'placed',
      proof: 'webhook',
      rank,
      expiresAt: until,
      expiryFromKoban: true,
      code: null,
      kobanMessage: null,
      endedAt: null,
    })
    .where(and(eq(option.id, id), inArray(option.state, ['pending', 'uncertain'])));
  await tell(tx, actor, { id, cabinetId, extcode, rank, until, code: null });
  return true;
}

/** An ended option that Koban still holds, by the very end of it: whoever ended it here was less well informed. */
export async function restorePlaced(
  tx: TenantTx,
  actor: SystemActor,
  { id, cabinetId }: KnownOption,
  { extcode, rank, until }: { extcode: string; rank: Rank; until: Date },
): Promise<void> {
  const restored = await tx
    .update(option)
    .set({ state: 'placed', rank, expiresAt: until, expiryFromKoban: true, endedAt: null, endedBy: null })
    .where(and(eq(option.id, id), inArray(option.state, ['expired', 'cancelled'])))
    .returning({ id: option.id });
  if (restored.length > 0) await tell(tx, actor, { id, cabinetId, extcode, rank, until, code: 'restored' });
}

/**
 * An option that the promoter's salesman placed in Koban for a prospect of a partner's. It becomes an option of that
 * partner's only where one accepted dénonciation of the prospect on the programme says whose it is: with none or several,
 * the lot shows it and nobody is credited. Its operation is `done` from the start: nothing was sent, and nothing will be.
 * @returns null when it is nobody's
 */
export async function recordPlaced(
  tx: TenantTx,
  actor: SystemActor,
  placed: PlacedInKoban,
): Promise<KnownOption | null> {
  const { extcode, third, rank, endsAt } = placed;
  const [filed, ...others] = await acceptedOnLot(tx, actor.promoter, { extcode, third });
  if (!filed || others.length > 0) return null;
  const { denonciationId, prospectId, cabinetId, accountId, programmeCode, kobanAccount } = filed;
  const { optionHours } = promoterSettingsSchema.parse(filed.settings);
  const placedAt = new Date(endsAt.getTime() - optionHours * 3_600_000);
  const data: OptionData = {
    optionId: newId(),
    thirdGuid: third,
    partGuid: null,
    optionHours,
    confirmedRank: rank,
    dateOption: Math.floor(placedAt.getTime() / 1000),
    rank1EndsAt: null,
    granted: null,
  };
  const whose = { promoterId: actor.promoter, cabinetId, accountId, programmeCode, lotExtcode: extcode };
  const [done] = await tx
    .insert(operation)
    .values({
      ...whose,
      kind: 'option',
      kobanAccount,
      formKey: newId(),
      requestHash: 'webhook',
      state: 'done',
      phase: 'add',
      data,
      settledAt: sql`clock_timestamp()`,
    })
    .returning({ id: operation.id });
  if (!done) throw new Error('An act was not written');
  const until = expiryBoundary(endsAt);
  await tx.insert(option).values({
    ...whose,
    id: data.optionId,
    operationId: done.id,
    denonciationId,
    prospectId,
    rank,
    state: 'placed',
    proof: 'webhook',
    placedAt,
    expiresAt: until,
    expiryFromKoban: true,
  });
  await tell(tx, actor, { id: data.optionId, cabinetId, extcode, rank, until, code: 'by-promoter' });
  return { id: data.optionId, cabinetId, operationId: done.id };
}

type Told = { id: string; cabinetId: string; extcode: string; rank: Rank; until: Date; code: string | null };

async function tell(tx: TenantTx, actor: SystemActor, told: Told): Promise<void> {
  const { id, cabinetId, extcode, rank, until, code } = told;
  const promoterId = actor.promoter;
  await writeAudit(tx, actor, {
    action: 'option.placed',
    subjectType: 'option',
    subjectId: id,
    promoter: promoterId,
    cabinet: cabinetId,
    facts: { lot: extcode, rank, code, until: until.toISOString() },
  });
  await announce(tx, { kind: 'act', promoter: promoterId, cabinet: cabinetId, act: 'option', id });
}
