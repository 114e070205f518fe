import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { newId } from '@/lib/core/ids';
import { faultFacts, log } from '@/lib/core/log';
import type { PartnerActor } from '@/lib/core/scope';
import { operation, option } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { beginOperation, earlierSubmission, requestHash } from '@/lib/operations/begin';
import type { OperationRef, OperationRow } from '@/lib/operations/definition';
import { type Begun as BegunAct, intendFirst, runBegun } from '@/lib/operations/run';
import { identifyProspect } from '@/lib/prospects/queries';
import { saga } from './add-option';
import { type OpenLot, openLot, usableDenonciation } from './queries';
import { askForPull, type PlacedOption, readPlaced, readRank } from './refresh-option';
import { expiryOf, OPTIONS_PER_PROSPECT, type Rank } from './rules';
import type { PlaceOptionInput } from './schema';
import { dataSchema, firstPhase, type OptionData } from './settle-option';

/**
 * What became of « Poser une option ». `pending`: the same form is being sent already; poll `GET /api/options/[id]`.
 * `placed` without `rank`: Koban said yes, and has not shown at which rank; `expiryFromKoban` false: the
 * portal computed its end. `rank-changed`: nothing was sent; ask again with the new rank. `refused` and `unsent` without `id`: nothing
 * was begun.
 */
export type Placing =
  | { kind: 'placed'; id: string; rank: Rank | null; expiresAt: Date; expiryFromKoban: boolean }
  | { kind: 'rank-changed'; rank: Rank; rank1EndsAt: Date | null }
  | { kind: 'refused'; id: string | null; code: string; kobanMessage: string | null }
  | { kind: 'unsent'; id: string | null; code: string }
  | { kind: 'uncertain'; id: string; code: string }
  | { kind: 'pending'; id: string };

/**
 * `afterwards` is given when something may have changed in Koban: what is to be done once the partner has their answer. It lets the lot's
 * reading end, which is under way already, and asks for the stock mirror's next pull.
 */
export type Placed = { placing: Placing; afterwards: (() => Promise<void>) | null };

/**
 * How long Koban's yes is kept back for the rank that the lot's reading shows, in milliseconds: Add names none and may have granted
 * another. A slow reading goes on behind the answer, which says that the rank is still to be confirmed.
 */
const RANK_WAIT_MS = 2_000;

/**
 * Places an option at the rank that the partner confirmed, and waits for Koban's answer. Conventions, limits and the
 * dénonciation are checked before anything is sent; the same form sent twice is one act.
 */
export async function placeOption(actor: PartnerActor, input: PlaceOptionInput): Promise<Placed> {
  let begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input));
  if (begun.kind === 'unidentified') {
    const identity = await identifyProspect(actor, begun.prospect);
    if (identity.kind === 'silent') {
      return { placing: { kind: 'unsent', id: null, code: identity.code }, afterwards: null };
    }
    if (identity.kind === 'none') return refused('prospect-unidentified');
    begun = await asTenant(actor.scope, (tx) => begin(tx, actor, input));
  }
  switch (begun.kind) {
    case 'refused':
      return refused(begun.code);
    case 'unidentified':
      return refused('prospect-unidentified');
    case 'same':
      return { placing: await told(actor, begun.row), afterwards: null };
    case 'begun': {
      const left = await runBegun(actor, begun.act, saga);
      if (!left) return { placing: await elsewhere(actor, begun.ref, begun.optionId), afterwards: null };
      const sent = left.phase === 'add' && (left.state === 'done' || left.state === 'refused');
      if (!sent) return { placing: await told(actor, left), afterwards: null };
      const reading = rankRead(actor, begun.ref, left);
      const shown =
        left.state === 'done'
          ? await Promise.race([reading, wait(RANK_WAIT_MS, null, { ref: false })])
          : null;
      const afterwards = async () => {
        await reading;
        await askForPull(begun.ref.promoter);
      };
      const placing: Placing = shown ? { kind: 'placed', ...shown } : await told(actor, left);
      return { placing, afterwards };
    }
  }
}

const refused = (code: string): Placed => ({
  placing: { kind: 'refused', id: null, code, kobanMessage: null },
  afterwards: null,
});

/** The act was lost to somebody else while Koban was asked: its webhook may have settled it, or another process has it. */
async function elsewhere(actor: PartnerActor, ref: OperationRef, optionId: string): Promise<Placing> {
  const [row] = await asTenant(actor.scope, (tx) =>
    tx.select().from(operation).where(eq(operation.id, ref.id)),
  );
  return row ? told(actor, row) : { kind: 'pending', id: optionId };
}

/** Without a reading, whatever the reason, the option is placed all the same. */
async function rankRead(
  actor: PartnerActor,
  ref: OperationRef,
  act: OperationRow,
): Promise<PlacedOption | null> {
  try {
    return await readRank(actor, ref, act);
  } catch (fault) {
    log().error({ operation: ref.id, ...faultFacts(fault) }, 'an option just placed could not be read');
    return null;
  }
}

type Begun =
  | { kind: 'begun'; optionId: string; ref: OperationRef; act: BegunAct<null, OptionData> }
  | { kind: 'same'; row: OperationRow }
  | { kind: 'unidentified'; prospect: { promoter: OpenLot['promoterId']; prospectId: string } }
  | { kind: 'refused'; code: string };

/** Checks everything that the portal knows, and keeps the intention. Sends nothing. */
async function begin(tx: TenantTx, actor: PartnerActor, input: PlaceOptionInput): Promise<Begun> {
  const form = { formKey: input.formKey, requestHash: requestHash(input) };
  // The lock first: a second submission of the form waits here, and then finds what the first one began.
  const on = await openLot(tx, actor, input.lot, true);
  const earlier = await earlierSubmission(tx, actor, form);
  if (earlier === 'form-reused') return { kind: 'refused', code: 'form-reused' };
  const [before] = earlier;
  if (before) return same(tx, before.id);
  if (!on) return { kind: 'refused', code: 'lot-unavailable' };
  const usable = await usableDenonciation(tx, actor, on, input.denonciationId);
  if (!usable) return { kind: 'refused', code: 'denonciation-not-usable' };
  if (usable.onThisLot > 0) return { kind: 'refused', code: 'already-on-lot' };
  if (usable.prospectOptions >= OPTIONS_PER_PROSPECT) return { kind: 'refused', code: 'prospect-limit' };
  if (on.maxOptions !== null && usable.cabinetOptions >= on.maxOptions) {
    return { kind: 'refused', code: 'convention-limit' };
  }
  const { thirdGuid, prospectId } = usable;
  if (thirdGuid === null) {
    return { kind: 'unidentified', prospect: { promoter: on.promoterId, prospectId } };
  }
  const now = new Date();
  const data: OptionData = {
    optionId: newId(),
    thirdGuid,
    partGuid: on.partGuid,
    optionHours: on.optionHours,
    confirmedRank: input.confirmedRank,
    dateOption: Math.floor(now.getTime() / 1000),
    rank1EndsAt: null,
    granted: null,
  };
  const { promoterId, kobanAccount, programmeCode, extcode: lotExtcode } = on;
  const intention = { promoter: promoterId, kobanAccount, programmeCode, lotExtcode, data };
  const begun = await beginOperation(
    tx,
    actor,
    { ...form, ...intention, kind: 'option', phase: firstPhase },
    true,
  );
  if (begun.kind === 'refused') return begun;
  if (begun.kind === 'same') return same(tx, begun.id);
  await tx.insert(option).values({
    id: data.optionId,
    promoterId,
    cabinetId: actor.cabinet,
    accountId: actor.account,
    operationId: begun.id,
    denonciationId: input.denonciationId,
    prospectId,
    programmeCode,
    lotExtcode,
    rank: input.confirmedRank,
    placedAt: now,
    expiresAt: expiryOf(now, on.optionHours),
  });
  await writeAudit(tx, actor, {
    action: 'option.asked',
    subjectType: 'option',
    subjectId: data.optionId,
    promoter: promoterId,
    facts: { lot: lotExtcode, rank: input.confirmedRank },
  });
  const ref = { id: begun.id, promoter: promoterId, cabinet: actor.cabinet };
  const act = await intendFirst(tx, { runner: actor, ref, row: begun.row }, saga);
  return { kind: 'begun', optionId: data.optionId, ref, act };
}

async function same(tx: TenantTx, id: string): Promise<Begun> {
  const [row] = await tx.select().from(operation).where(eq(operation.id, id));
  if (!row) throw new Error('An act was not found');
  return { kind: 'same', row };
}

/** What is said to the partner of an act, by where it stands; of one that is done, by the option as it is stored. */
async function told(actor: PartnerActor, row: OperationRow): Promise<Placing> {
  if (row.state !== 'done') return placingOf({ ...row, state: row.state });
  const { optionId } = dataSchema.parse(row.data);
  const found = await asTenant(actor.scope, (tx) => readPlaced(tx, optionId));
  if (!found) throw new Error('The option of an act was not found');
  return { kind: 'placed', ...found };
}

function placingOf(row: OperationRow & { state: Exclude<OperationRow['state'], 'done'> }): Placing {
  const data = dataSchema.parse(row.data);
  const id = data.optionId;
  const code = row.code ?? 'unexpected';
  switch (row.state) {
    case 'open':
      return { kind: 'pending', id };
    case 'unsent':
    case 'uncertain':
      return { kind: row.state, id, code };
    case 'refused':
    case 'abandoned': {
      const { granted } = data;
      if (!granted) return { kind: 'refused', id, code, kobanMessage: row.kobanMessage };
      const { rank, rank1EndsAt } = granted;
      return { kind: 'rank-changed', rank, rank1EndsAt: rank1EndsAt === null ? null : new Date(rank1EndsAt) };
    }
  }
}
