import { readCookie } from '@/lib/auth/cookies';
import { partnerFromRequest, requirePartner } from '@/lib/auth/session';
import { chooseLocale, localeCookie } from '@/lib/i18n/locale';
import type { LotRef } from '@/lib/options/schema';
import { describeReservation } from './describe-reservation';
import { prepareOffer } from './prepare-offer';
import { listReservations } from './queries';
import { renderSummary } from './render-summary';
import {
  type ReservationDetail,
  type ReservationOffer,
  type ReservationPage,
  reservationFilterSchema,
  reservationIdSchema,
} from './schema';

/** « Réservations » for the signed-in partner; state and page are what stands in the URL, whatever it is. */
export async function loadReservations(search: Record<string, unknown>): Promise<ReservationPage> {
  return listReservations(await requirePartner(), reservationFilterSchema.parse({ ...search, q: '' }));
}

/** One reservation of the signed-in partner (a manager: of the cabinet); null when there is none. */
export async function loadReservation(id: string): Promise<ReservationDetail | null> {
  const actor = await requirePartner();
  return reservationIdSchema.safeParse(id).success ? describeReservation(actor, id) : null;
}

/** What the form « Préréserver » opens with, for the signed-in partner; null when the lot is not open to them. */
export async function loadOffer(ref: LotRef, optionId: string | null): Promise<ReservationOffer | null> {
  const actor = await requirePartner();
  return prepareOffer(actor, ref, reservationIdSchema.safeParse(optionId).data ?? null);
}

/** Answers with the summary of a reservation, as a PDF in the reader's language. */
export async function answerSummary(request: Request, id: string): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const known = reservationIdSchema.safeParse(id).data;
  const found = known ? await describeReservation(actor, known) : null;
  const headers = { 'cache-control': 'no-store' };
  if (!found) return Response.json({ error: 'not-found' }, { status: 404, headers });
  const locale = chooseLocale(
    readCookie(request, localeCookie) ?? undefined,
    request.headers.get('accept-language'),
  );
  const pdf = await renderSummary(found, locale, new Date());
  return new Response(new Uint8Array(pdf), {
    headers: {
      ...headers,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="reservation-${found.reference}.pdf"`,
    },
  });
}
