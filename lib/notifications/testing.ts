import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { mintSystem } from '@/lib/core/mint';
import type { PartnerActor, StaffActor, SystemActor } from '@/lib/core/scope';
import {
  denonciation,
  lot,
  mail,
  notification,
  operation,
  operationStep,
  option,
  reservation,
} from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { acceptedDenonciation, type Office } from '@/lib/denonciations/testing';

/** The job that tells people of one office. */
export const teller = (office: Office): SystemActor => mintSystem('system', office.promoter, 'notifications');

/** What a person was told, oldest first. */
export const toldTo = (actor: PartnerActor) =>
  asSystem((tx) =>
    tx
      .select()
      .from(notification)
      .where(eq(notification.accountId, actor.account))
      .orderBy(asc(notification.id)),
  );

/** Codes of what a person was told, oldest first. */
export const codesTo = async (actor: PartnerActor) => (await toldTo(actor)).map(({ code }) => code);

/** Subjects of the mail queued for a person. */
export const mailTo = async (actor: PartnerActor) =>
  (
    await asSystem((tx) =>
      tx
        .select()
        .from(mail)
        .where(eq(mail.recipient, `${actor.account}@exemple.fr`))
        .orderBy(asc(mail.createdAt)),
    )
  ).map(({ subject }) => subject);

type OptionRow = typeof option.$inferInsert;

/** An option in progress of this partner, on a lot of the office, as the portal's rows hold it. */
export async function optionOf(
  actor: PartnerActor,
  office: Office,
  extcode: string,
  changes: Partial<OptionRow> = {},
): Promise<string> {
  const denonciationId = await acceptedDenonciation(actor, office);
  const id = randomUUID();
  await asSystem(async (tx) => {
    const [filed] = await tx.select().from(denonciation).where(eq(denonciation.id, denonciationId));
    if (!filed) throw new Error('Not filed');
    const owner = { promoterId: office.promoter, cabinetId: actor.cabinet, accountId: actor.account };
    const [act] = await tx
      .insert(operation)
      .values({
        ...owner,
        kind: 'option',
        kobanAccount: office.slug,
        formKey: randomUUID(),
        requestHash: 'x',
        programmeCode: filed.programmeCode,
        lotExtcode: extcode,
        state: 'done',
        phase: 'add',
        data: {},
      })
      .returning({ id: operation.id });
    const placedAt = changes.placedAt ?? new Date(Date.now() - 3_600_000);
    await tx.insert(option).values({
      ...owner,
      id,
      operationId: act?.id ?? '',
      denonciationId,
      prospectId: filed.prospectId,
      programmeCode: filed.programmeCode,
      lotExtcode: extcode,
      rank: 1,
      state: 'placed',
      expiresAt: new Date(Date.now() + 60 * 3_600_000),
      ...changes,
      placedAt,
    });
  });
  return id;
}

/** The partner’s own prolongation of an option, and what it came to; done, it is by Koban’s webhook. */
export async function askedProlongation(
  actor: PartnerActor,
  office: Office,
  optionId: string,
  state: 'done' | 'refused',
): Promise<void> {
  const owner = { promoterId: office.promoter, cabinetId: actor.cabinet };
  const at = new Date();
  await asSystem(async (tx) => {
    const [act] = await tx
      .insert(operation)
      .values({
        ...{ ...owner, accountId: actor.account, kind: 'prolongation', kobanAccount: office.slug, state },
        ...{ formKey: randomUUID(), requestHash: 'x', programmeCode: office.programmes[0] ?? '' },
        ...{ phase: 'prolong', data: { optionId } },
      })
      .returning({ id: operation.id });
    if (!act || state === 'refused') return;
    const proof = { operationId: act.id, attempt: 1, name: 'webhook', state, startedAt: at, endedAt: at };
    await tx.insert(operationStep).values({ ...owner, ...proof });
  });
}

/** A reservation of this partner on a lot of the office. @returns its id */
export async function reservationOf(
  actor: PartnerActor,
  office: Office,
  extcode: string,
  changes: Pick<typeof reservation.$inferInsert, 'state' | 'fileSent'>,
): Promise<string> {
  const filed = await acceptedDenonciation(actor, office);
  const id = randomUUID();
  await asSystem(async (tx) => {
    const [held] = await tx.select().from(denonciation).where(eq(denonciation.id, filed));
    if (!held) throw new Error('Not filed');
    await tx.insert(reservation).values({
      ...{ id, promoterId: office.promoter, cabinetId: actor.cabinet, accountId: actor.account },
      ...{ reference: id.slice(0, 10), prospectId: held.prospectId, programmeCode: held.programmeCode },
      ...{ lotExtcode: extcode, priceCents: 1, depositCents: 1, file: {}, ...changes },
    });
  });
  return id;
}

/** An audit entry about an act of this partner, written by whoever did it. */
export function record(
  by: PartnerActor | StaffActor | SystemActor,
  of: PartnerActor,
  office: Office,
  entry: { action: string; id: string; facts?: Record<string, string | number | null> },
): Promise<void> {
  return asSystem((tx) =>
    writeAudit(tx, by, {
      action: entry.action,
      subjectType: entry.action.split('.')[0] ?? '',
      subjectId: entry.id,
      promoter: office.promoter,
      cabinet: of.cabinet,
      facts: entry.facts,
    }),
  );
}

/** Changes an option's row, as the acts of its later life do. */
export const setOption = (id: string, change: Partial<OptionRow>) =>
  asSystem((tx) => tx.update(option).set(change).where(eq(option.id, id)));

/** Changes a lot of the mirror, as a pull does, without its news. */
export const setLot = (office: Office, extcode: string, change: Partial<typeof lot.$inferInsert>) =>
  asSystem((tx) =>
    tx
      .update(lot)
      .set(change)
      .where(and(eq(lot.promoterId, office.promoter), eq(lot.extcode, extcode))),
  );
