import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { PartnerActor } from '@/lib/core/scope';
import {
  account,
  audit,
  cabinet,
  lot,
  operation,
  operationStep,
  programme,
  promoter,
  prospect,
  reservation,
} from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { seenBy } from '@/lib/denonciations/queries';
import { lineColumns, lotOf, programmeOf } from './queries';
import { parisDay } from './rules';
import { fileFormSchema, fileSteps, type ReservationDetail, type TimelineItem } from './schema';

/** One reservation with everything known of it; null when this partner may not see it. */
export async function describeReservation(
  actor: PartnerActor,
  id: string,
): Promise<ReservationDetail | null> {
  return asTenant(actor.scope, async (tx) => {
    const [row] = await tx
      .select({
        ...lineColumns,
        proof: reservation.proof,
        depositCents: reservation.depositCents,
        denonciationId: reservation.denonciationId,
        optionId: reservation.optionId,
        cabinetName: cabinet.name,
        contact: { email: prospect.email, phone: prospect.phone },
        preresvAt: reservation.preresvAt,
        validatedAt: reservation.validatedAt,
        withdrawnAt: reservation.withdrawnAt,
        withdrawReason: reservation.withdrawReason,
        file: reservation.file,
        fileStep: reservation.fileStep,
        fileSavedAt: reservation.fileSavedAt,
        kobanFile: reservation.kobanFile,
      })
      .from(reservation)
      .innerJoin(operation, eq(operation.id, reservation.operationId))
      .innerJoin(prospect, eq(prospect.id, reservation.prospectId))
      .innerJoin(promoter, eq(promoter.id, reservation.promoterId))
      .innerJoin(account, eq(account.id, reservation.accountId))
      .innerJoin(cabinet, eq(cabinet.id, reservation.cabinetId))
      .leftJoin(lot, lotOf)
      .leftJoin(programme, programmeOf)
      .where(and(eq(reservation.id, id), seenBy(actor, reservation)));
    if (!row) return null;
    return {
      ...row,
      signed: parisDay(row.preresvAt ?? row.createdAt),
      file: fileFormSchema.parse(row.file),
      fileStep: fileSteps.find((step) => step === row.fileStep) ?? null,
      timeline: await readTimeline(tx, id),
    };
  });
}

/** What happened to a reservation, in order: who did what, what was asked of Koban, what was read. */
async function readTimeline(tx: TenantTx, id: string): Promise<TimelineItem[]> {
  const events = await tx
    .select({
      id: audit.id,
      at: audit.at,
      action: audit.action,
      by: audit.actorName,
      facts: audit.facts,
    })
    .from(audit)
    .where(and(eq(audit.subjectType, 'reservation'), eq(audit.subjectId, id)))
    .orderBy(asc(audit.id));
  const steps = await tx
    .select({
      id: operationStep.id,
      name: operationStep.name,
      state: operationStep.state,
      startedAt: operationStep.startedAt,
      endedAt: operationStep.endedAt,
    })
    .from(operationStep)
    .innerJoin(operation, eq(operation.id, operationStep.operationId))
    .where(
      and(
        inArray(operation.kind, ['preresv', 'dossier', 'desistement']),
        sql`${operation.data}->>'reservationId' = ${id}`,
      ),
    )
    .orderBy(asc(operationStep.id));
  const items: TimelineItem[] = [
    ...events.map(({ id: key, at, action, by, facts }) => ({
      kind: 'event' as const,
      key: `event-${key}`,
      at,
      action: action.replace(/^reservation\./, ''),
      by,
      code: typeof facts?.code === 'string' ? facts.code : null,
    })),
    ...steps.map(({ id: key, name, state, startedAt, endedAt }) => ({
      kind: 'step' as const,
      key: `step-${key}`,
      at: endedAt ?? startedAt,
      name,
      state,
    })),
  ];
  return items.sort((one, other) => one.at.getTime() - other.at.getTime());
}
