import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { mintSystem } from '@/lib/core/mint';
import type { PartnerActor, SystemActor } from '@/lib/core/scope';
import { operation, reservation } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { mint, type Office } from '@/lib/denonciations/testing';
import { fileFormSchema } from '@/lib/dossiers/schema';
import { filledFile, inMonths } from '@/lib/dossiers/testing';
import { resumeDueOperations } from '@/lib/operations/resume';
import type { FaultInput } from '@/sandbox/core/faults';
import { resumeDossier } from './add-dossier';
import { resumePreresv } from './add-preresv';
import { resumeWithdrawal } from './close-preresv';
import { placePreresv } from './place-preresv';
import { preresvSchema } from './schema';

/** The form « Préréserver », filled as one would type it. */
export const preresvFor = (
  office: Office,
  denonciationId: string,
  lot: string,
  changes: Partial<{ formKey: string; price: string; deposit: string; deedDay: string }> = {},
) =>
  preresvSchema.parse({
    formKey: randomUUID(),
    lot: { promoter: office.slug, extcode: lot },
    denonciationId,
    price: '352 500 €',
    deposit: '17 625',
    deedDay: inMonths(10),
    ...changes,
  });

/** A reservation that Koban accepted. */
export async function reserved(
  actor: PartnerActor,
  office: Office,
  denonciationId: string,
  lot: string,
): Promise<string> {
  const { reserving } = await placePreresv(actor, preresvFor(office, denonciationId, lot));
  if (reserving.kind !== 'begun') throw new Error(reserving.code);
  const row = await reservationOf(reserving.id);
  if (row.state !== 'preresv') throw new Error(`${row.state}: ${row.code}`);
  return reserving.id;
}

/** Has a reservation made at an instant, as far as the portal knows: a reading may then be held against it. */
export const madeAt = (id: string, at: Date): Promise<unknown> =>
  asSystem((tx) =>
    tx.update(reservation).set({ createdAt: at, preresvAt: at }).where(eq(reservation.id, id)),
  );

/** The complete file as a screen that is up to date would send it. */
export async function dossierFor(id: string, values = filledFile()) {
  const known = fileFormSchema.parse((await reservationOf(id)).file);
  return { formKey: randomUUID(), id, values, known };
}

/** A reservation as it stands, whoever may see it. */
export async function reservationOf(id: string) {
  const [row] = await asSystem((tx) => tx.select().from(reservation).where(eq(reservation.id, id)));
  if (!row) throw new Error('No such reservation');
  return row;
}

/** Where the acts of this kind stand at an office, oldest first. */
export async function actsAt(office: Office, kind: 'preresv' | 'dossier' | 'desistement') {
  const rows = await asSystem((tx) =>
    tx
      .select({ state: operation.state, code: operation.code })
      .from(operation)
      .where(and(eq(operation.promoterId, office.promoter), eq(operation.kind, kind)))
      .orderBy(operation.createdAt),
  );
  return rows.map(({ state, code }) => (code === null ? state : `${state} ${code}`));
}

/** Takes up what is due at an instant, as the job does. */
export const resume = (at: Date) =>
  resumeDueOperations(
    {
      mint,
      runners: { preresv: resumePreresv, dossier: resumeDossier, desistement: resumeWithdrawal },
    },
    at,
  );

/** Koban's webhook, as the processor acts for it. */
export const webhookOf = (office: Office): SystemActor => mintSystem('webhook', office.promoter, 'Koban');

/** Everything that may go wrong with one call of Koban's that writes. */
export const writeFaults = [
  { mode: 'refuse' },
  { mode: 'drop-before' },
  { mode: 'hang-before' },
  { mode: 'hang-after' },
  { mode: 'reset-after' },
  { mode: 'close-after' },
  { mode: 'cut-after' },
  { mode: 'error-after' },
  { mode: 'garbage' },
  { mode: 'truncated' },
  { mode: 'no-content' },
  { mode: 'rate-limit' },
  { mode: 'redirect', applies: true },
  { mode: 'late', delayMs: 50, reply: 'reset' },
] as Omit<FaultInput, 'method'>[];
