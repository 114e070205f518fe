import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudit } from '@/lib/audit/write-audit';
import { announce } from '@/lib/db/announce';
import { option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { Act, Rest, Runner } from '@/lib/operations/definition';
import { judgementFacts } from '@/lib/operations/judge';
import { type Asked, expiryOf, RANK_UNPROVEN } from './rules';
import type { OptionState, PhaseName } from './schema';

const rank = z.union([z.literal(1), z.literal(2)]);

/** What the phases of placing an option tell one another. Dates as ISO text. */
export const dataSchema = z.object({
  optionId: z.uuid(),
  thirdGuid: z.string(),
  /** The cabinet's own guid in Koban, when the promoter has given one. */
  partGuid: z.string().nullable(),
  optionHours: z.number(),
  confirmedRank: rank,
  /** DateOption, in whole UNIX seconds: fixed before the Add, so that its hash is that of what was sent. */
  dateOption: z.number(),
  /** When the option of rank 1 ends, as the grant of rank 2 told. */
  rank1EndsAt: z.iso.datetime().nullable(),
  /** Another rank granted meanwhile, to be asked for again. */
  granted: z.object({ rank, rank1EndsAt: z.iso.datetime().nullable() }).nullable(),
});
export type OptionData = z.infer<typeof dataSchema>;

/** Where placing an option begins. */
export const firstPhase: PhaseName = 'grant';

export type OptionAct = Act<null, OptionData>;

/** What Koban was asked for, of these facts. */
export const askedOf = ({ dateOption, confirmedRank, rank1EndsAt }: OptionData): Asked => ({
  placedAt: new Date(dateOption * 1000),
  rank: confirmedRank,
  ahead: rank1EndsAt === null ? null : new Date(rank1EndsAt),
});

/** When the option of these facts ends, unless Koban says otherwise. */
export const endOf = ({ dateOption, optionHours }: OptionData): Date =>
  expiryOf(new Date(dateOption * 1000), optionHours);

const stateOf: Record<Rest['to'], OptionState> = {
  done: 'placed',
  refused: 'refused',
  unsent: 'unsent',
  uncertain: 'uncertain',
  abandoned: 'abandoned',
};

/** Writes where an act came to rest on its option, and the audit. */
export async function settleOption(tx: TenantTx, runner: Runner, act: OptionAct, rest: Rest): Promise<void> {
  const { data, ref, operation } = act;
  const state = stateOf[rest.to];
  const proof = rest.to === 'done' ? rest.proof : null;
  const code = rest.to === 'done' ? null : rest.code;
  const sent = rest.to === 'done' || rest.to === 'uncertain';
  const over = state === 'refused' || state === 'unsent' || state === 'abandoned';
  await tx
    .update(option)
    .set({
      state,
      proof,
      code: rest.to === 'done' ? RANK_UNPROVEN : code,
      kobanMessage: rest.to === 'refused' ? (rest.kobanMessage ?? null) : null,
      placedAt: new Date(data.dateOption * 1000),
      expiresAt: endOf(data),
      endedAt: over ? act.now() : null,
    })
    .where(eq(option.id, data.optionId));
  await writeAudit(tx, runner, {
    action: `option.${state}`,
    subjectType: 'option',
    subjectId: data.optionId,
    promoter: ref.promoter,
    cabinet: ref.cabinet,
    facts: {
      lot: operation.lotExtcode,
      rank: data.confirmedRank,
      proof,
      code,
      ...judgementFacts(runner, operation),
      ...(sent && data.partGuid === null ? { withoutBroker: true } : {}),
    },
  });
  const { promoter, cabinet } = ref;
  await announce(tx, { kind: 'act', promoter, cabinet, act: 'option', id: data.optionId });
}
