import { createTranslator } from 'next-intl';
import { readCookie } from '@/lib/auth/cookies';
import { partnerFromRequest, requirePartner } from '@/lib/auth/session';
import { formatDay, formatTime } from '@/lib/core/paris';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { chooseLocale, type Locale, localeCookie } from '@/lib/i18n/locale';
import { type KeptRefusal, readRefusals } from './keep-refusals';
import { denonciationsOfForm, findDenonciation, listDenonciations, liveDenonciation } from './queries';
import { renderReceipt } from './render-receipt';
import { hasReceipt, readableReference } from './rules';
import { readDraft } from './save-draft';
import {
  actIdSchema,
  type DenonciationDetail,
  type DenonciationPage,
  type Draft,
  denonciationFilterSchema,
} from './schema';
import { verifyReceipt } from './verify-receipt';

/** « Mes dénonciations » for the signed-in partner; state and page are what stands in the URL, whatever it is. */
export async function loadDenonciations(search: Record<string, unknown>): Promise<DenonciationPage> {
  return listDenonciations(await requirePartner(), denonciationFilterSchema.parse({ ...search, q: '' }));
}

/** One dénonciation of the signed-in partner (a manager: of the cabinet); null when there is none. */
export async function loadDenonciation(id: string): Promise<DenonciationDetail | null> {
  return findDenonciation(await requirePartner(), id);
}

/** What one form of the signed-in partner became, as the server kept it; null when it began no act that this partner may see. */
export async function loadOutcome(
  formKey: unknown,
): Promise<{ acts: DenonciationDetail[]; refused: KeptRefusal[] } | null> {
  const actor = await requirePartner();
  const known = actIdSchema.safeParse(formKey).data;
  if (!known) return null;
  const begun = await denonciationsOfForm(actor, known);
  const found = await Promise.all(begun.map(({ id }) => findDenonciation(actor, id)));
  const acts = found.filter((act) => act !== null);
  return acts.length === 0 ? null : { acts, refused: await readRefusals(actor, known) };
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
  return live ? Response.json(live, { headers: noStore }) : notFound();
}

const noStore = { 'cache-control': 'no-store' };
const notFound = () => Response.json({ error: 'not-found' }, { status: 404, headers: noStore });

const localeOf = (request: Request): Locale =>
  chooseLocale(readCookie(request, localeCookie) ?? undefined, request.headers.get('accept-language'));

/** Answers with the receipt, as a PDF in the reader's language; 404 while there is none. */
export async function answerReceipt(request: Request, id: string): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const known = actIdSchema.safeParse(id).data;
  const filed = known ? await findDenonciation(actor, known) : null;
  if (!filed || !hasReceipt(filed.state)) return notFound();
  const pdf = await renderReceipt(filed, localeOf(request), new Date());
  return new Response(new Uint8Array(pdf), {
    headers: {
      ...noStore,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="accuse-${readableReference(filed.reference)}.pdf"`,
    },
  });
}

/** Answers anyone who holds a receipt and asks whether its code is genuine: a sentence, and nothing of the prospect. */
export async function answerVerification(request: Request): Promise<Response> {
  const locale = localeOf(request);
  const t = createTranslator({ locale, messages: { fr, en }[locale], namespace: 'acts' });
  const at = (instant: Date) => `${formatDay(instant, locale)}, ${formatTime(instant, locale)}`;
  const found = await verifyReceipt(new URL(request.url).searchParams.get('code') ?? '');
  const lines = found
    ? [
        t('receipt.genuine'),
        `${t('receipt.reference')} ${readableReference(found.reference)}`,
        `${t('receipt.promoter')} ${found.promoter}`,
        `${t('receipt.programme')} ${found.programme}`,
        `${t('receipt.prospect')} ${found.initials}`,
        `${t('receipt.cabinet')} ${found.cabinet}`,
        `${t('receipt.filed')} ${at(found.filedAt)}`,
        ...(found.decidedAt ? [`${t('receipt.decided')} ${at(found.decidedAt)}`] : []),
        `${t('receipt.state')} ${t(`denonciationState.${found.state}`)}`,
      ]
    : [t('receipt.false')];
  return new Response(`${lines.join('\n')}\n`, {
    status: found ? 200 : 404,
    headers: { ...noStore, 'content-type': 'text/plain; charset=utf-8' },
  });
}
