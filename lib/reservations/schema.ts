import { z } from 'zod';
import { type Day, parisDay } from '@/lib/core/days';
import type { FileForm, FileStep } from '@/lib/dossiers/schema';
import { lotRefSchema } from '@/lib/options/schema';
import { checkDeposit, priceFields } from '@/lib/pricing/schema';
import type { KobanLists } from '@/lib/promoters/schema';

/**
 * The form « Préréserver », for the browser and the server; amounts in cents come out. `formKey` is made when the form opens: sent
 * twice, it is one act.
 */
export const preresvSchema = z
  .object({
    formKey: z.uuid(),
    lot: lotRefSchema,
    denonciationId: z.uuid('prospect'),
    ...priceFields,
  })
  .superRefine((value, ctx) => checkDeposit(parisDay(new Date()))(value, ctx));
export type PreresvForm = z.input<typeof preresvSchema>;
export type PreresvInput = z.output<typeof preresvSchema>;

/** The dialog « Désister ». */
export const withdrawSchema = z.object({
  formKey: z.uuid(),
  id: z.uuid(),
  reason: z.string().trim().min(1, 'required').max(500, 'too-long'),
});
export type WithdrawInput = z.infer<typeof withdrawSchema>;

/** The id of a reservation in an address. */
export const reservationIdSchema = z.uuid();

/** States of a reservation, as stored. */
export type ReservationState =
  | 'draft'
  | 'pending'
  | 'preresv'
  | 'validated'
  | 'withdrawn'
  | 'refused'
  | 'unsent'
  | 'uncertain'
  | 'abandoned';

/** What « Réservations » filters on. */
export const reservationFilters = ['live', 'uncertain', 'validated', 'ended', 'refused'] as const;

/** Filter of « Réservations », as it stands in the URL. Pages count from 1. */
export const reservationFilterSchema = z.object({
  q: z.string().trim().max(120).catch(''),
  state: z.enum(reservationFilters).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type ReservationFilter = z.infer<typeof reservationFilterSchema>;

/** The latest act on a reservation: what it does, and where it stands. `code` is a sentence of `acts.codes`. */
export type LatestAct = {
  kind: 'preresv' | 'dossier' | 'desistement';
  state: 'open' | 'done' | 'refused' | 'unsent' | 'uncertain' | 'abandoned';
  code: string | null;
  kobanMessage: string | null;
  nextCheckAt: Date | null;
};

/** One line of « Réservations ». Amounts in cents. */
export type ReservationLine = {
  id: string;
  reference: string;
  state: ReservationState;
  createdAt: Date;
  filedBy: string;
  priceCents: number;
  fileSent: boolean;
  act: LatestAct;
  prospect: { lastName: string; firstName: string };
  lot: { extcode: string; label: string; typology: string | null };
  programme: { code: string; label: string; promoter: string; promoterName: string };
};

export type ReservationPage = {
  lines: ReservationLine[];
  total: number;
  page: number;
  pages: number;
  counts: Partial<Record<(typeof reservationFilters)[number], number>>;
};

/** What happened to a reservation: an entry of the audit, or a step of one of its acts. */
export type TimelineItem =
  | { kind: 'event'; key: string; at: Date; action: string; by: string; code: string | null }
  | { kind: 'step'; key: string; at: Date; name: string; state: string };

/** A reservation with everything known of it. */
export type ReservationDetail = ReservationLine & {
  proof: 'answer' | 'reading' | 'webhook' | 'person' | null;
  depositCents: number;
  denonciationId: string | null;
  optionId: string | null;
  cabinetName: string;
  contact: { email: string; phone: string };
  preresvAt: Date | null;
  validatedAt: Date | null;
  withdrawnAt: Date | null;
  withdrawReason: string | null;
  /** The day of the reservation, which the law is read at. */
  signed: Day;
  /** The promoter's Koban lists, for the file's codes. */
  lists: KobanLists;
  file: FileForm;
  fileStep: FileStep | null;
  fileSavedAt: Date | null;
  kobanFile: Record<string, string | number | boolean | null> | null;
  timeline: TimelineItem[];
};

/** A prospect for whom a lot may be pre-reserved. */
export type Reservee = {
  denonciationId: string;
  lastName: string;
  firstName: string;
  email: string;
  /** Holds an option on this very lot. */
  onOption: boolean;
};

/** What the form « Préréserver » opens with. */
export type ReservationOffer = {
  lot: {
    promoter: string;
    extcode: string;
    label: string;
    typology: string | null;
    priceCents: number | null;
  };
  programme: { code: string; label: string; promoterName: string };
  reservees: Reservee[];
  /** The prospect of the option that led here. */
  chosen: string | null;
};
