import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '@/lib/audit/write-audit';
import { announce } from '@/lib/db/announce';
import { operation, option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Act, OperationRow, Proof, Rest, Runner } from '@/lib/operations/definition';
import { judgementFacts } from '@/lib/operations/judge';
import type { News, Owned } from './rules';

const instant = z.iso.datetime().transform((text) => new Date(text));

/** What the phases of a prolongation or a cancellation tell one another. Dates as ISO text. */
export const changeSchema = z.object({
  optionId: z.uuid(),
  rank: z.union([z.literal(1), z.literal(2)]),
  /** The end asked for; null for a cancellation. */
  until: z.iso.datetime().nullable(),
  /** How many options the lot bore, and when rank 1 ended, when the option was proven ours, and when that was read. */
  before: z.union([z.literal(1), z.literal(2)]).nullable(),
  rank1EndsAt: z.iso.datetime().nullable(),
  readAt: z.iso.datetime().nullable().default(null),
  /** Koban's own full or half hour came too close: from when it may be asked again. */
  quietUntil: z.iso.datetime().nullable(),
});
export type ChangeData = z.infer<typeof changeSchema>;

/** The option that a change is about, as it stands now. `told`: what Koban's webhooks told of its lot since it was placed, oldest first. */
export type ChangeSubject = { held: Owned; placed: boolean; lot: string; told: News[] };
export type ChangeAct = Act<ChangeSubject, ChangeData>;

/** A date that a change carries as text. */
export const dateOf = (text: string | null): Date | null => (text === null ? null : instant.parse(text));

/** When a change's option was last proven ours; of one begun before that was kept, the beginning of time: all that was told counts. */
export const provenAt = ({ readAt }: ChangeData): Date => dateOf(readAt) ?? new Date(0);

/** What a change is called in the audit: `option.<name>-refused`. */
const names = { prolongation: 'prolongation', annulation: 'cancellation' } as const;
const isChange = (kind: OperationRow['kind']): kind is keyof typeof names => kind in names;

/** Refusals of ours that pass by themselves: nothing of them stays on the option. */
const passing = new Set(['quiet', 'option-over', 'rank-moved']);

/** Writes what a change came to on its option, and the audit. An option that has ended meanwhile keeps its end. */
export async function settleChange(tx: TenantTx, runner: Runner, act: ChangeAct, rest: Rest): Promise<void> {
  const { data, ref, operation: row } = act;
  if (!isChange(row.kind)) throw new Error(`${row.kind} changes no option`);
  const code = rest.to === 'done' ? null : rest.code;
  const proof = rest.to === 'done' ? rest.proof : null;
  if (rest.to === 'done') await change(tx, act, rest.proof);
  else {
    const told = rest.to === 'unsent' || passing.has(rest.code) ? null : rest.code;
    await tx
      .update(option)
      .set({
        code: told,
        kobanMessage: rest.to === 'refused' && told ? (rest.kobanMessage ?? null) : null,
        ...(rest.to === 'uncertain' ? {} : { cancelReason: null }),
      })
      .where(and(eq(option.id, data.optionId), eq(option.state, 'placed')));
  }
  const done = row.kind === 'prolongation' ? 'prolonged' : 'cancelled';
  await writeAudit(tx, runner, {
    action: rest.to === 'done' ? `option.${done}` : `option.${names[row.kind]}-${rest.to}`,
    subjectType: 'option',
    subjectId: data.optionId,
    promoter: ref.promoter,
    cabinet: ref.cabinet,
    facts: {
      lot: row.lotExtcode,
      rank: data.rank,
      code,
      until: data.until,
      proof,
      ...judgementFacts(runner, row),
    },
  });
  const { promoter, cabinet } = ref;
  await announce(tx, { kind: 'act', promoter, cabinet, act: 'option', id: data.optionId });
}

async function change(tx: TenantTx, { data, now }: ChangeAct, proof: Proof): Promise<void> {
  const until = dateOf(data.until);
  const clean = { code: null, kobanMessage: null };
  if (until) {
    const [row] = await tx
      .update(option)
      .set({ ...clean, prolongedTo: until, expiresAt: until, expiryFromKoban: true })
      .where(and(eq(option.id, data.optionId), eq(option.state, 'placed')))
      .returning({ operationId: option.operationId });
    // Its end is looked for at another time than was planned.
    if (row) await tx.update(operation).set(unread).where(eq(operation.id, row.operationId));
    return;
  }
  // A webhook of this very cancellation may have been quicker than Koban's answer: the answer says whose doing it was.
  const answered = proof === 'answer' || proof === 'person';
  await tx
    .update(option)
    .set({
      ...clean,
      state: 'cancelled',
      endedBy: answered ? 'partner' : 'unproven',
      endedAt: now(),
      code: answered ? null : 'ended-unproven',
    })
    .where(
      and(
        eq(option.id, data.optionId),
        inArray(option.state, answered ? ['placed', 'cancelled'] : ['placed']),
      ),
    );
}

/** On the act that placed an option: no reading of its end is planned. */
export const unread = { nextCheckAt: null, leaseUntil: null, readBacks: 0 };
