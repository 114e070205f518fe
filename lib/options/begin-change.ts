import { and, eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { convention, operation, option, promoter } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { granting, seenBy, withinScope } from '@/lib/denonciations/queries';
import type { KobanClient } from '@/lib/koban/client';
import { beginOperation, earlierSubmission, requestHash } from '@/lib/operations/begin';
import type { Definition, OperationRow } from '@/lib/operations/definition';
import { type Begun, intendFirst, runBegun } from '@/lib/operations/run';
import { kobanFor } from '@/lib/promoters/queries';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { quietUntil, RANK_UNPROVEN } from './rules';
import type { ChangeForm, ChangeKind } from './schema';
import { type ChangeData, type ChangeSubject, changeSchema, dateOf } from './settle-change';
import { heldBackCodes, kobanNow, rankOf } from './verify-option';

/**
 * What became of « Prolonger » or « Annuler l’option ». `sent`: whether Koban was told anything but a reading. `retryAt`: from when
 * it may be asked again. `pending`: the same form is being sent already; ask again with it.
 */
export type Changing =
  | { kind: 'done'; until: Date | null; proven: boolean }
  | { kind: 'refused'; code: string; kobanMessage: string | null; retryAt: Date | null; sent: boolean }
  | { kind: 'unsent'; code: string; sent: boolean }
  | { kind: 'uncertain'; code: string; nextCheckAt: Date | null }
  | { kind: 'pending' };

export type ChangeSaga = Definition<ChangeSubject, ChangeData, KobanClient>;

/**
 * The option to change, locked, with its promoter's settings; null when this partner may not see it, or may no longer act for it.
 * A right taken away acts at once, on giving back too: what a cabinet that lost a programme holds there is its promoter's to settle.
 */
async function lockOption(tx: TenantTx, actor: PartnerActor, id: string) {
  const [row] = await tx
    .select({ option, settings: promoter.settings, kobanAccount: promoter.kobanAccount })
    .from(option)
    .innerJoin(promoter, eq(promoter.id, option.promoterId))
    .innerJoin(convention, and(eq(convention.promoterId, promoter.id), granting(actor, option.programmeCode)))
    .where(and(eq(option.id, id), seenBy(actor, option)))
    .for('update', { of: option });
  const promoterId = row && withinScope(actor, row.option.promoterId);
  if (!row || !promoterId) return null;
  const { optionHours, optionHoursMax } = promoterSettingsSchema.parse(row.settings);
  return { ...row.option, promoterId, kobanAccount: row.kobanAccount, optionHours, optionHoursMax };
}
export type LockedOption = NonNullable<Awaited<ReturnType<typeof lockOption>>>;

/** One way of changing an option: its kind and saga, and what of the form decides. */
export type Change = {
  kind: ChangeKind;
  saga: ChangeSaga;
  until: Date | null;
  /** Why this option cannot be changed so, by what the portal knows; null when it can. */
  forbids(option: LockedOption): string | null;
  /** What is written on the option with the intention. */
  with: Partial<typeof option.$inferInsert>;
};

/**
 * Changes an option that is placed, and waits for Koban's answer. What the portal knows to be impossible is refused before anything
 * is sent; the same form sent twice is one act.
 * @returns `lot` when something may have changed in Koban: it is then worth reading again (`refreshLot`)
 */
export async function changeOption(
  actor: PartnerActor,
  input: ChangeForm,
  change: Change,
): Promise<{ changing: Changing; lot: { promoter: PromoterId; extcode: string } | null }> {
  const found = await asTenant(actor.scope, (tx) => findPromoter(tx, actor, input.id));
  if (!found) return { changing: refusal('not-found'), lot: null };
  const koban = await kobanFor(found.promoterId);
  const begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input, change, koban));
  switch (begun.kind) {
    case 'refused':
      return { changing: begun.changing, lot: null };
    case 'same':
      return { changing: changingOf(begun.row), lot: null };
    case 'begun': {
      const left = await runBegun(actor, begun.act, change.saga);
      if (!left) return { changing: { kind: 'pending' }, lot: null };
      const lot = { promoter: found.promoterId, extcode: found.lot };
      return { changing: changingOf(left), lot: left.phase === 'verify' ? null : lot };
    }
  }
}

/** Whose option it is. Seen is enough: the same form sent twice is answered though the right has ended meanwhile. */
async function findPromoter(tx: TenantTx, actor: PartnerActor, id: string) {
  const [row] = await tx
    .select({ promoterId: option.promoterId, lot: option.lotExtcode })
    .from(option)
    .where(and(eq(option.id, id), seenBy(actor, option)));
  const promoterId = row && withinScope(actor, row.promoterId);
  return row && promoterId ? { promoterId, lot: row.lot } : null;
}

const refusal = (code: string, retryAt: Date | null = null): Changing => ({
  kind: 'refused',
  code,
  kobanMessage: null,
  retryAt,
  sent: false,
});

type Beginning =
  | { kind: 'refused'; changing: Changing }
  | { kind: 'same'; row: OperationRow }
  | { kind: 'begun'; act: Begun<ChangeSubject, ChangeData> };

/** Checks everything that the portal knows, and keeps the intention. Sends nothing. */
async function begin(
  tx: TenantTx,
  actor: PartnerActor,
  input: ChangeForm,
  change: Change,
  koban: KobanClient,
): Promise<Beginning> {
  const refused = (code: string, retryAt: Date | null = null): Beginning => ({
    kind: 'refused',
    changing: refusal(code, retryAt),
  });
  const form = { formKey: input.formKey, requestHash: requestHash(input) };
  // The lock first: a second submission of the form waits here, and then finds what the first one began.
  const locked = await lockOption(tx, actor, input.id);
  const earlier = await earlierSubmission(tx, actor, form);
  if (earlier === 'form-reused') return refused('form-reused');
  const [before] = earlier;
  if (before) return same(tx, before.id);
  if (!locked) return refused('not-found');
  const now = kobanNow(koban, new Date());
  if (locked.state !== 'placed' || locked.expiresAt <= now) return refused('option-over');
  // Its rank names the option to Koban.
  if (locked.code === RANK_UNPROVEN) return refused(RANK_UNPROVEN);
  const rank = rankOf(locked.rank);
  // The partner has not seen it there: another rank is another act.
  if (input.rank !== rank) return refused('rank-moved');
  const forbidden = change.forbids(locked);
  if (forbidden !== null) return refused(forbidden);
  const quiet = quietUntil(now);
  if (quiet) return refused('quiet', quiet);
  const data: ChangeData = {
    optionId: locked.id,
    rank,
    until: change.until?.toISOString() ?? null,
    before: null,
    rank1EndsAt: null,
    readAt: null,
    quietUntil: null,
  };
  const { promoterId, kobanAccount, programmeCode, lotExtcode } = locked;
  const intention = { promoter: promoterId, kobanAccount, programmeCode, lotExtcode, data };
  const begun = await beginOperation(
    tx,
    actor,
    { ...form, ...intention, kind: change.kind, phase: 'verify' },
    true,
  );
  if (begun.kind === 'refused') return refused(begun.code);
  if (begun.kind === 'same') return same(tx, begun.id);
  await tx
    .update(option)
    .set({ code: null, kobanMessage: null, ...change.with })
    .where(and(eq(option.id, locked.id), eq(option.state, 'placed')));
  await writeAudit(tx, actor, {
    action: change.kind === 'prolongation' ? 'option.prolongation-asked' : 'option.cancellation-asked',
    subjectType: 'option',
    subjectId: locked.id,
    promoter: promoterId,
    facts: { lot: lotExtcode, rank, code: null, until: data.until },
  });
  const ref = { id: begun.id, promoter: promoterId, cabinet: actor.cabinet };
  return {
    kind: 'begun',
    act: await intendFirst(tx, { runner: actor, ref, row: begun.row }, change.saga),
  };
}

async function same(tx: TenantTx, id: string): Promise<Beginning> {
  const [row] = await tx.select().from(operation).where(eq(operation.id, id));
  if (!row) throw new Error('An act was not found');
  return { kind: 'same', row };
}

/** What is said to the partner of a change, by where it stands. */
function changingOf(row: OperationRow): Changing {
  const data = changeSchema.parse(row.data);
  const code = row.code ?? 'unexpected';
  const sent = row.phase !== 'verify' && !heldBackCodes.has(code);
  switch (row.state) {
    case 'open':
      return { kind: 'pending' };
    case 'done':
      return { kind: 'done', until: dateOf(data.until), proven: row.readBacks === 0 };
    case 'unsent':
      return { kind: 'unsent', code, sent };
    case 'uncertain':
      return { kind: 'uncertain', code, nextCheckAt: row.nextCheckAt };
    case 'refused':
    case 'abandoned': {
      const { kobanMessage } = row;
      return { kind: 'refused', code, kobanMessage, retryAt: dateOf(data.quietUntil), sent };
    }
  }
}
