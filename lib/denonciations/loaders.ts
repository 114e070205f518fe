import { partnerFromRequest, requirePartner } from '@/lib/auth/session';
import { findDenonciation, listDenonciations, liveDenonciation } from './queries';
import { readDraft } from './save-draft';
import {
  actIdSchema,
  type DenonciationDetail,
  type DenonciationPage,
  type Draft,
  denonciationFilterSchema,
} from './schema';

/** « Mes dénonciations » for the signed-in partner; the filter is what stands in the URL, whatever it is. */
export async function loadDenonciations(search: Record<string, unknown>): Promise<DenonciationPage> {
  return listDenonciations(await requirePartner(), denonciationFilterSchema.parse(search));
}

/** One dénonciation of the signed-in partner (a manager: of the cabinet); null when there is none. */
export async function loadDenonciation(id: string): Promise<DenonciationDetail | null> {
  return findDenonciation(await requirePartner(), id);
}

/** The form as the signed-in partner last left it. */
export async function loadDraft(): Promise<{ values: Draft; savedAt: Date } | null> {
  return readDraft(await requirePartner());
}

/** Answers a page that polls one dénonciation (`liveDenonciationSchema`), for the partner who sent the request. */
export async function answerLive(request: Request, id: string): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const known = actIdSchema.safeParse(id).data;
  const live = known ? await liveDenonciation(actor, known) : null;
  const init = { status: live ? 200 : 404, headers: { 'cache-control': 'no-store' } };
  return Response.json(live ?? { error: 'not-found' }, init);
}
