import { getLocale } from 'next-intl/server';
import { accountState } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { readCookie } from '@/lib/auth/cookies';
import { partnerFromRequest, requirePartner } from '@/lib/auth/session';
import type { PartnerActor } from '@/lib/core/scope';
import { chooseLocale, type Locale, localeCookie } from '@/lib/i18n/locale';
import { composeCalendar } from './compose-calendar';
import { senderPublicKey } from './compose-push';
import {
  calendarDates,
  calendarOwner,
  calendarSince,
  choicesOf,
  listNotices,
  listWatches,
  readBell,
  watchesOf,
} from './queries';
import { completeChoices } from './rules';
import {
  type NoticePage,
  type NoticeSettings,
  noticeFilterSchema,
  type Watches,
  type WatchInput,
  type WatchLine,
} from './schema';

/** Everything the signed-in partner was told, a page of it; the page is what stands in the URL, whatever it is. */
export async function loadNotices(search: Record<string, unknown>): Promise<NoticePage> {
  return listNotices(await requirePartner(), noticeFilterSchema.parse(search), await getLocale());
}

/** What the signed-in partner asked of one lot. */
export async function loadWatches(ref: Omit<WatchInput, 'kind'>): Promise<Watches> {
  return watchesOf(await requirePartner(), ref);
}

/** Every lot that the signed-in partner watches. */
export async function loadWatchedLots(): Promise<WatchLine[]> {
  return listWatches(await requirePartner());
}

/** How the signed-in partner wants to be told. */
export async function loadNoticeSettings(): Promise<NoticeSettings> {
  const actor = await requirePartner();
  return {
    choices: completeChoices(await choicesOf(actor.account)),
    manager: actor.role === 'manager',
    pushKey: senderPublicKey(),
    calendarSince: await calendarSince(actor.account),
  };
}

const noStore = { 'cache-control': 'no-store' };

/** Answers the bell of whoever sent the request (`bellSchema`), in the language of their screen. */
export async function answerBell(request: Request): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const asked = readCookie(request, localeCookie) ?? undefined;
  const locale: Locale = chooseLocale(asked, request.headers.get('accept-language'));
  return Response.json(await readBell(actor, locale), { headers: noStore });
}

/** Answers whoever holds a calendar address with its calendar; 404 to any other address, and to one of a closed account. */
export async function answerCalendar(file: string): Promise<Response> {
  const owner = file.endsWith('.ics') ? await calendarOwner(file.slice(0, -'.ics'.length)) : null;
  const reader = owner === null ? null : await readerOf(owner);
  if (!reader) return new Response('', { status: 404, headers: noStore });
  const { actor, locale } = reader;
  return new Response(composeCalendar(await calendarDates(actor), locale), {
    headers: {
      'cache-control': 'private, max-age=300',
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="parvis.ics"',
    },
  });
}

async function readerOf(id: string): Promise<{ actor: PartnerActor; locale: Locale } | null> {
  const account = await accountState(id);
  if (!account || account.disabled) return null;
  const actor = actorOf(account);
  return actor.kind === 'partner' ? { actor, locale: account.locale } : null;
}
