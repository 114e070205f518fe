import { and, eq, inArray, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { SystemActor } from '@/lib/core/scope';
import { operation, option } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import type { OwnOption } from './judge-lot';
import { type Asked, RANK_UNPROVEN } from './rules';
import type { OptionState } from './schema';
import { askedOf, dataSchema } from './settle-option';

/** An option of a partner's on a lot, as it is held against Koban's reading. */
export type OwnRow = OwnOption & {
  cabinetId: string;
  operationId: string;
  rank: number;
  proof: string | null;
  settledAt: Date | null;
  /** What Koban was asked for, while it is not known to have granted that rank. */
  unproven: Asked | null;
};
/** An act of a partner's on an option of this lot: its prolongation, its cancellation, its reservation. */
export type ActUnderWay = {
  id: string;
  kind: string;
  state: string;
  cabinetId: string;
  optionId: string | null;
};

/** The partners' options that a lot bears or has borne here, or may bear in Koban; those that were placed first come first. */
export async function ownOptions(tx: TenantTx, actor: SystemActor, extcode: string): Promise<OwnRow[]> {
  const rows = await tx
    .select({
      id: option.id,
      cabinetId: option.cabinetId,
      operationId: option.operationId,
      state: option.state,
      rank: option.rank,
      proof: option.proof,
      endedBy: option.endedBy,
      code: option.code,
      placedAt: option.placedAt,
      expiresAt: option.expiresAt,
      prolongedTo: option.prolongedTo,
      phase: operation.phase,
      data: operation.data,
      settledAt: operation.settledAt,
    })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .where(
      and(
        eq(option.promoterId, actor.promoter),
        eq(option.lotExtcode, extcode),
        inArray(option.state, ['pending', 'uncertain', 'placed', 'expired', 'cancelled', 'used']),
      ),
    )
    .orderBy(option.placedAt);
  return rows.flatMap(ownOption);
}

type Stored = Omit<OwnRow, 'third' | 'state' | 'endsAt' | 'unproven'> & {
  code: string | null;
  state: OptionState;
  phase: string;
  data: Record<string, unknown>;
  endedBy: string | null;
};

function ownOption({ phase, data, endedBy, state, code, ...row }: Stored): OwnRow[] {
  const facts = dataSchema.parse(data);
  const unproven = code === RANK_UNPROVEN ? askedOf(facts) : null;
  const known = { ...row, third: facts.thirdGuid, endsAt: endOfLife(facts), unproven };
  switch (state) {
    case 'pending':
    case 'uncertain':
      // Before the Add left there is nothing of ours in Koban.
      return phase === 'add'
        ? [{ ...known, placedAt: new Date(facts.dateOption * 1000), state: 'sent' }]
        : [];
    case 'placed':
      return [{ ...known, state: 'placed' }];
    case 'expired':
    case 'cancelled':
      return [{ ...known, state: endedBy === 'partner' ? 'closed' : 'over' }];
    case 'used':
      return [{ ...known, state: 'closed' }];
    case 'refused':
    case 'unsent':
    case 'abandoned':
      return [];
  }
}

const endOfLife = ({ dateOption, optionHours }: { dateOption: number; optionHours: number }): Date =>
  new Date((dateOption + optionHours * 3_600) * 1000);

/** The acts on a lot's options that are under way or unknown, the placing itself left out. */
export async function actsUnderWay(
  tx: TenantTx,
  actor: SystemActor,
  extcode: string,
): Promise<ActUnderWay[]> {
  const rows = await tx
    .select({
      id: operation.id,
      kind: operation.kind,
      state: operation.state,
      cabinetId: operation.cabinetId,
      data: operation.data,
    })
    .from(operation)
    .where(
      and(
        eq(operation.promoterId, actor.promoter),
        eq(operation.lotExtcode, extcode),
        inArray(operation.state, ['open', 'uncertain']),
        ne(operation.kind, 'option'),
      ),
    );
  return rows.map(({ data, ...act }) => ({
    ...act,
    optionId: z.object({ optionId: z.string() }).safeParse(data).data?.optionId ?? null,
  }));
}
