import { eq } from 'drizzle-orm';
import { operationStep } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import type {
  Act,
  Definition,
  LapseCode,
  OperationRef,
  OperationRow,
  Rest,
  Runner,
  Turn,
} from './definition';
import { firstLease, type Lease, mayCall, pendingStep, takeLease, writeHeld, writeStep } from './lease';
import { nextReading } from './schedule';

type Json = Record<string, unknown>;

/** A call in hand; `step` is null when it only reads back. */
type Held<Subject, Data> = { act: Act<Subject, Data>; lease: Lease; step: Step | null };
type Step = { id: number; startedAt: Date };
/** Where an act stands after a transaction; `held` when its next call is to be made now. */
type Stand<Subject, Data> = { row: OperationRow; held: Held<Subject, Data> | null };

/**
 * Takes an act from where it stands to its end, or to where it must wait. Before each call its intention is committed, with
 * a hash of what is asked; the call is made with no transaction open; its outcome is committed only while the act is still
 * held. A call begun and never answered is unknown: it is read back, and never sent again unless it may be repeated.
 * @param at the present, for tests; the clocks of the database and of this process otherwise
 * @returns the act as it was left; null when it was not to be had (settled, not due, or in another process's hands)
 */
export async function runOperation<Subject, Data extends Json, Koban>(
  runner: Runner,
  ref: OperationRef,
  definition: Definition<Subject, Data, Koban>,
  at?: Date,
): Promise<OperationRow | null> {
  const koban = await definition.connect(ref.promoter);
  const saga = { runner, definition, at };
  return follow(saga, koban, await take(saga, ref));
}

/** An act that was begun and taken in one transaction, with the intention of its first call. */
export type Begun<Subject, Data> = Stand<Subject, Data>;

/** Writes the intention of the first call, in the transaction that begins the act (`beginOperation` with `held`). */
export async function intendFirst<Subject, Data extends Json, Koban>(
  tx: TenantTx,
  { runner, ref, row }: { runner: Runner; ref: OperationRef; row: OperationRow },
  definition: Definition<Subject, Data, Koban>,
): Promise<Begun<Subject, Data>> {
  const lease = firstLease(row);
  const act = await actOf({ runner, definition, at: undefined }, tx, ref, row);
  return { row, held: { act, lease, step: await intend(tx, { runner, definition, at: undefined }, act) } };
}

/** Runs an act from the moment it was begun: as `runOperation`, less one transaction. */
export async function runBegun<Subject, Data extends Json, Koban>(
  runner: Runner,
  begun: Begun<Subject, Data>,
  definition: Definition<Subject, Data, Koban>,
): Promise<OperationRow | null> {
  if (!begun.held) return begun.row;
  const koban = await definition.connect(begun.held.act.ref.promoter);
  return follow({ runner, definition, at: undefined }, koban, begun);
}

/** Makes the calls of an act one after the other, until it is given back. */
async function follow<Subject, Data extends Json, Koban>(
  saga: Saga<Subject, Data, Koban>,
  koban: Koban,
  from: Stand<Subject, Data> | null,
): Promise<OperationRow | null> {
  const { definition } = saga;
  let stand = from;
  while (stand?.held) {
    const { held } = stand;
    if (!mayCall(held.lease)) break;
    const { act } = held;
    const phase = phaseOf(definition, act.operation.phase);
    const startedAt = act.now();
    const turn = held.step ? await phase.run(koban, act) : await readBack(definition, koban, act);
    stand = await insist(() => record(saga, held, turn, startedAt));
  }
  return stand?.row ?? null;
}

type Saga<Subject, Data, Koban> = {
  runner: Runner;
  definition: Definition<Subject, Data, Koban>;
  at: Date | undefined;
};

function phaseOf<Subject, Data, Koban>(definition: Definition<Subject, Data, Koban>, name: string) {
  const phase = definition.phases[name];
  if (!phase) throw new Error(`There is no phase ${name}`);
  return phase;
}

function readBack<Subject, Data, Koban>(
  definition: Definition<Subject, Data, Koban>,
  koban: Koban,
  act: Act<Subject, Data>,
): Promise<Turn<Data>> {
  const phase = phaseOf(definition, act.operation.phase);
  if (!phase.readBack) throw new Error(`Phase ${act.operation.phase} cannot be read back`);
  return phase.readBack(koban, act);
}

/** Takes the act, and commits the intention of its next call. */
function take<Subject, Data extends Json, Koban>(
  saga: Saga<Subject, Data, Koban>,
  ref: OperationRef,
): Promise<Stand<Subject, Data> | null> {
  const { runner, definition, at } = saga;
  return asTenant(runner.scope, async (tx) => {
    const taken = await takeLease(tx, ref.id, at);
    if (!taken) return null;
    const { row, lease } = taken;
    const act = await actOf(saga, tx, ref, row);
    if (row.state === 'uncertain') return { row, held: { act, lease, step: null } };
    const begun = await pendingStep(tx, row);
    if (begun) {
      // The process that made this call died with the answer, if there was one.
      await closeStep(tx, begun.id, { state: 'unknown', facts: { interrupted: true }, endedAt: act.now() });
      if (!phaseOf(definition, begun.name).repeatable) {
        const ending: Rest = { to: 'uncertain', code: `${begun.name}-unknown` };
        return rest(tx, saga, { act, lease, step: begun }, ending, begun.startedAt);
      }
    }
    return proceed(tx, saga, act, lease);
  });
}

/** How long after a person asked the machine may still send. Milliseconds. */
const LAPSE_MS = 15 * 60_000;

/**
 * Commits the intention of the next call. What the machine takes up by itself it sends only while its author may still do it,
 * and not long after: otherwise the act comes to rest, for a person to send again.
 */
async function proceed<Subject, Data extends Json, Koban>(
  tx: TenantTx,
  saga: Saga<Subject, Data, Koban>,
  act: Act<Subject, Data>,
  lease: Lease,
): Promise<Stand<Subject, Data> | null> {
  const why = act.recovered ? await lapseOf(tx, saga, act) : null;
  if (why === null) {
    return { row: act.operation, held: { act, lease, step: await intend(tx, saga, act) } };
  }
  return rest(tx, saga, { act, lease, step: null }, saga.definition.lapse(act, why), act.now());
}

async function lapseOf<Subject, Data, Koban>(
  tx: TenantTx,
  { definition }: Saga<Subject, Data, Koban>,
  { operation, now }: Act<Subject, Data>,
): Promise<LapseCode | null> {
  if (now().getTime() - operation.askedAt.getTime() > LAPSE_MS) return 'asked-too-long-ago';
  return (await definition.permits(tx, operation)) ? null : 'right-ended';
}

async function actOf<Subject, Data, Koban>(
  { runner, definition, at }: Saga<Subject, Data, Koban>,
  tx: TenantTx,
  ref: OperationRef,
  row: OperationRow,
): Promise<Act<Subject, Data>> {
  return {
    ref,
    operation: row,
    data: definition.data.parse(row.data),
    subject: await definition.load(tx, row),
    recovered: runner.kind === 'system',
    now: () => at ?? new Date(),
  };
}

async function intend<Subject, Data, Koban>(
  tx: TenantTx,
  { definition }: Saga<Subject, Data, Koban>,
  act: Act<Subject, Data>,
): Promise<Step> {
  const name = act.operation.phase;
  const startedAt = act.now();
  const asks = phaseOf(definition, name).asks(act);
  return { id: await writeStep(tx, act.operation, { name, asks, state: 'intent', startedAt }), startedAt };
}

/** Writes what a call came to and, when another follows, its intention: one transaction. Null when the act was lost. */
function record<Subject, Data extends Json, Koban>(
  saga: Saga<Subject, Data, Koban>,
  held: Held<Subject, Data>,
  turn: Turn<Data>,
  startedAt: Date,
): Promise<Stand<Subject, Data> | null> {
  const { act, lease, step } = held;
  const { ending } = turn;
  const endedAt = act.now();
  const moved = { ...held, act: { ...act, data: { ...act.data, ...turn.data } } };
  return asTenant(saga.runner.scope, async (tx) => {
    const stand =
      ending.to === 'phase'
        ? await writeHeld(tx, { id: act.operation.id, lease }, onward(moved.act, ending.phase), saga)
        : await rest(tx, saga, moved, ending, startedAt);
    if (!stand) return null;
    const { row } = stand;
    const outcome = { state: turn.step, facts: turn.facts, endedAt };
    if (step) await closeStep(tx, step.id, outcome);
    else await writeStep(tx, act.operation, { name: 'reading', startedAt, ...outcome });
    for (const name of turn.skipped ?? []) {
      await writeStep(tx, row, { name, state: 'skipped', startedAt: endedAt, endedAt });
    }
    await turn.also?.(tx);
    if (!('lease' in stand)) return stand;
    // What the call before was judged by may have changed while Koban was asked.
    const subject = await saga.definition.load(tx, row);
    return proceed(tx, saga, { ...moved.act, operation: row, subject }, stand.lease);
  });
}

const closeStep = (
  tx: TenantTx,
  id: number,
  outcome: Partial<typeof operationStep.$inferInsert>,
): Promise<unknown> => tx.update(operationStep).set(outcome).where(eq(operationStep.id, id));

function onward<Subject, Data extends Json>(act: Act<Subject, Data>, phase: string) {
  const again = phase === act.operation.phase;
  return {
    state: 'open' as const,
    phase,
    data: act.data,
    code: null,
    readBacks: again ? act.operation.readBacks : 0,
    uncertainAt: again ? act.operation.uncertainAt : null,
  };
}

/** Gives the act back: settled, kept unsent, or uncertain until its next reading. */
async function rest<Subject, Data extends Json, Koban>(
  tx: TenantTx,
  { runner, definition }: Saga<Subject, Data, Koban>,
  { act, lease, step }: Held<Subject, Data>,
  ending: Rest,
  sentAt: Date,
): Promise<{ row: OperationRow; held: null } | null> {
  const before = act.operation;
  const readBacks = step ? 0 : before.readBacks + 1;
  const uncertainAt = ending.to === 'uncertain' ? (before.uncertainAt ?? sentAt) : null;
  const code = ending.to === 'done' ? null : ending.code;
  const written = await writeHeld(
    tx,
    { id: before.id, lease },
    {
      state: ending.to,
      data: act.data,
      code,
      kobanMessage: ending.to === 'refused' ? (ending.kobanMessage ?? null) : null,
      phase: ending.to === 'uncertain' ? (ending.phase ?? before.phase) : before.phase,
      readBacks,
      uncertainAt,
      nextCheckAt: uncertainAt ? nextReading(uncertainAt, readBacks, act.now()) : null,
      settledAt: uncertainAt ? null : act.now(),
    },
    null,
  );
  if (!written) return null;
  if (before.state !== ending.to || before.code !== code) await definition.settle(tx, runner, act, ending);
  return { row: written.row, held: null };
}

const TRIES = 3;
const PAUSE_MS = 200;

/** An answer of Koban's is not given up for one hiccup of the database: it could not be had again. */
async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (fault) {
      if (attempt === TRIES) throw fault;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}
