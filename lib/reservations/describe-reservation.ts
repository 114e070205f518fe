import { and, asc, eq, inArray } from 'drizzle-orm';
import { parisDay } from '@/lib/core/days';
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
import { listedOnly } from '@/lib/dossiers/rules';
import { fileFormSchema, fileSteps } from '@/lib/dossiers/schema';
import { promoterSettingsSchema } from '@/lib/promoters/schema';
import { lineColumns, lotOf, programmeOf } from './queries';
import type { ReservationDetail, TimelineItem } from './schema';

/** One reservation with everything known of it; null when this partner may not see it. */
export async function describeReservation(
  actor: PartnerActor,
  id: string,
): Promise<ReservationDetail | null> {
  return asTenant(actor.scope, async (tx) => {
    const [row] = await tx
      .select({
        ...lineColumns,
        promoterId: reservation.promoterId,
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
        settings: promoter.settings,
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
    const { promoterId, settings, ...told } = row;
    const { lists } = promoterSettingsSchema.parse(settings);
    const file = fileFormSchema.parse(row.file);
    return {
      ...told,
      signed: parisDay(row.preresvAt ?? row.createdAt),
      lists,
      file: row.fileSent ? file : listedOnly(file, lists),
      fileStep: fileSteps.find((step) => step === row.fileStep) ?? null,
      timeline: await readTimeline(tx, id, promoterId),
    };
  });
}

/** What happened to a reservation, in order: who did what, what was asked of Koban, what was read. */
async function readTimeline(tx: TenantTx, id: string, promoterId: string): Promise<TimelineItem[]> {
  const events = await tx
    .select({ id: audit.id, at: audit.at, action: audit.action, by: audit.actorName, facts: audit.facts })
    .from(audit)
    .where(
      and(eq(audit.promoterId, promoterId), eq(audit.subjectType, 'reservation'), eq(audit.subjectId, id)),
    )
    .orderBy(asc(audit.id));
  const acts = events.flatMap(({ facts }) => (typeof facts?.operation === 'string' ? [facts.operation] : []));
  const items: TimelineItem[] = [
    ...events.map(({ id: key, at, action, by, facts }) => ({
      kind: 'event' as const,
      key: `event-${key}`,
      at,
      action: action.replace(/^reservation\./, ''),
      by,
      code: typeof facts?.code === 'string' ? facts.code : null,
    })),
    ...(await stepsOf(tx, acts)),
  ];
  return items.sort((one, other) => one.at.getTime() - other.at.getTime());
}

async function stepsOf(tx: TenantTx, acts: string[]): Promise<TimelineItem[]> {
  if (acts.length === 0) return [];
  const steps = await tx
    .select({
      id: operationStep.id,
      name: operationStep.name,
      state: operationStep.state,
      startedAt: operationStep.startedAt,
      endedAt: operationStep.endedAt,
    })
    .from(operationStep)
    .where(inArray(operationStep.operationId, acts))
    .orderBy(asc(operationStep.id));
  // An unknown result may be read for weeks: of a run of readings, the latest tells.
  const told = steps.filter(({ name }, at) => name !== 'reading' || steps[at + 1]?.name !== 'reading');
  return told.map(({ id, name, state, startedAt, endedAt }) => ({
    kind: 'step' as const,
    key: `step-${id}`,
    at: endedAt ?? startedAt,
    name,
    state,
  }));
}
