import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import { asCabinetId } from '@/lib/core/mint';
import type { StaffActor } from '@/lib/core/scope';
import {
  account,
  cabinet,
  convention,
  denonciation,
  lot,
  operation,
  operationStep,
  option,
  programme,
  prospect,
  reservation,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { saga as denonciationSaga } from '@/lib/denonciations/pose-denonciation';
import type { OperationRow } from '@/lib/operations/definition';
import { type Recall, recallOf } from '@/lib/operations/recall';
import { saga as optionSaga } from '@/lib/options/add-option';
import { saga as cancellation } from '@/lib/options/cancel-option';
import { saga as prolongation } from '@/lib/options/prolong-option';
import { cabinetName } from '@/lib/partners/queries';
import { saga as dossier } from '@/lib/reservations/add-dossier';
import { saga as preresv } from '@/lib/reservations/add-preresv';
import { saga as desistement } from '@/lib/reservations/close-preresv';
import { LATE_MS, type UncertainAct, type UncertainStep } from './schema';

/** More than a person judges in a day; the oldest come first. */
const MOST = 200;

/** How what an act sent is read again: one line a kind. */
const recalls: Record<OperationRow['kind'], Recall> = {
  denonciation: recallOf(denonciationSaga),
  option: recallOf(optionSaga),
  prolongation: recallOf(prolongation),
  annulation: recallOf(cancellation),
  preresv: recallOf(preresv),
  dossier: recallOf(dossier),
  desistement: recallOf(desistement),
};

/** An act on an option or a file that another act made names it in its data. */
const named = (key: string) => sql`${operation.data}->>${key}`;

/** Every act of this promoter whose result is unknown, oldest first, with its evidence. */
export async function listUncertain(actor: StaffActor, now: Date): Promise<UncertainAct[]> {
  return asTenant(actor.scope, async (tx) => {
    const rows = await tx
      .select({
        row: operation,
        since: sql<Date>`coalesce(${operation.uncertainAt}, ${operation.createdAt})`.mapWith(
          operation.createdAt,
        ),
        programme: sql<string>`coalesce(${programme.label}, ${operation.programmeCode})`,
        lotLabel: lot.label,
        lastName: prospect.lastName,
        firstName: prospect.firstName,
        cabinet: cabinetName,
        adviser: account.name,
      })
      .from(operation)
      .innerJoin(cabinet, eq(cabinet.id, operation.cabinetId))
      .innerJoin(account, eq(account.id, operation.accountId))
      .leftJoin(
        convention,
        and(eq(convention.promoterId, operation.promoterId), eq(convention.cabinetId, operation.cabinetId)),
      )
      .leftJoin(denonciation, eq(denonciation.operationId, operation.id))
      .leftJoin(
        option,
        or(eq(option.operationId, operation.id), sql`${option.id}::text = ${named('optionId')}`),
      )
      .leftJoin(
        reservation,
        or(
          eq(reservation.operationId, operation.id),
          sql`${reservation.id}::text = ${named('reservationId')}`,
        ),
      )
      .leftJoin(
        prospect,
        sql`${prospect.id} = coalesce(${denonciation.prospectId}, ${option.prospectId}, ${reservation.prospectId})`,
      )
      .leftJoin(
        programme,
        and(eq(programme.promoterId, operation.promoterId), eq(programme.code, operation.programmeCode)),
      )
      .leftJoin(lot, and(eq(lot.promoterId, operation.promoterId), eq(lot.extcode, operation.lotExtcode)))
      .where(and(eq(operation.promoterId, actor.promoter), eq(operation.state, 'uncertain')))
      .orderBy(asc(operation.uncertainAt), asc(operation.id))
      .limit(MOST);
    const steps = await stepsOf(
      tx,
      rows.map(({ row }) => row.id),
    );
    const acts: UncertainAct[] = [];
    for (const { row, lastName, firstName, ...told } of rows) {
      const { id, kind, code, attempt, nextCheckAt } = row;
      const ref = { id, promoter: actor.promoter, cabinet: asCabinetId(row.cabinetId) };
      const made = steps.get(id) ?? [];
      const sent = await recalls[kind](tx, { ref, row }, made);
      acts.push({
        ...{ id, kind, code, attempt, nextCheckAt, lot: row.lotExtcode, ...told },
        prospect: lastName === null ? null : `${lastName} ${firstName ?? ''}`.trim(),
        late: now.getTime() - told.since.getTime() >= LATE_MS,
        steps: made.map((step) => ({ ...step, sent: sent.get(step.sentHash ?? '') ?? null })),
      });
    }
    return acts;
  });
}

async function stepsOf(tx: TenantTx, ids: string[]): Promise<Map<string, Omit<UncertainStep, 'sent'>[]>> {
  const byAct = new Map<string, Omit<UncertainStep, 'sent'>[]>();
  if (ids.length === 0) return byAct;
  const rows = await tx
    .select({
      of: operationStep.operationId,
      id: operationStep.id,
      name: operationStep.name,
      state: operationStep.state,
      attempt: operationStep.attempt,
      sentHash: operationStep.sentHash,
      facts: operationStep.facts,
      startedAt: operationStep.startedAt,
      endedAt: operationStep.endedAt,
    })
    .from(operationStep)
    .where(inArray(operationStep.operationId, ids))
    .orderBy(asc(operationStep.id));
  for (const { of, ...step } of rows) byAct.set(of, [...(byAct.get(of) ?? []), step]);
  return byAct;
}
