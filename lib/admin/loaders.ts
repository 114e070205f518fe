import { createTranslator } from 'next-intl';
import { readCookie } from '@/lib/auth/cookies';
import { fromOwnPages } from '@/lib/auth/origin';
import { requireStaff, staffFromRequest } from '@/lib/auth/session';
import { BYTE_ORDER_MARK, csvLine } from '@/lib/core/csv';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { chooseLocale, localeCookie } from '@/lib/i18n/locale';
import { listEvents, webhookAddresses } from '@/lib/webhooks/queries';
import { type EventPage, eventFilterSchema, type WebhookAddresses } from '@/lib/webhooks/schema';
import { listUncertain } from './list-uncertain';
import { exportJournal, readJournal } from './read-journal';
import { readOverview } from './read-overview';
import { actionKey, type FactWords, factsLine, subjectKey, systemKey } from './rules';
import {
  type JournalFilter,
  type JournalLine,
  type JournalPage,
  journalFilterSchema,
  type Overview,
  type UncertainAct,
} from './schema';

/** « Accueil » for the signed-in staff. */
export async function loadOverview(): Promise<Overview> {
  return readOverview(await requireStaff(), new Date());
}

/** « Incertains » for the signed-in staff. */
export async function loadUncertain(): Promise<UncertainAct[]> {
  return listUncertain(await requireStaff(), new Date());
}

/** « Webhooks » for the signed-in staff; the filter is what stands in the URL, whatever it is. */
export async function loadEvents(search: Record<string, unknown>): Promise<EventPage> {
  return listEvents(await requireStaff(), eventFilterSchema.parse({ ...search, q: '' }));
}

/** What the signed-in staff copy into Koban. */
export async function loadWebhookAddresses(): Promise<WebhookAddresses> {
  return webhookAddresses(await requireStaff());
}

/** « Journal » for the signed-in staff; the filter is what stands in the URL, whatever it is, without words. */
export async function loadJournal(
  search: Record<string, unknown>,
): Promise<{ found: JournalPage; filter: JournalFilter }> {
  const filter = journalFilterSchema.parse({ ...search, actor: '', subject: '' });
  return { found: await readJournal(await requireStaff(), filter), filter };
}

/**
 * Answers with the journal as a table for spreadsheets, in the reader's language; instants in UTC. Its filter comes as a form of
 * the portal's own, in the body: it names people.
 */
export async function answerJournal(request: Request): Promise<Response> {
  const actor = await staffFromRequest(request);
  if (actor instanceof Response) return actor;
  if (!fromOwnPages(request.headers)) return refuse(403, 'foreign-origin');
  const form = await request.formData().catch(() => null);
  if (!form) return refuse(400, 'not-a-form');
  const filter = journalFilterSchema.parse(Object.fromEntries(form));
  const locale = chooseLocale(
    readCookie(request, localeCookie) ?? undefined,
    request.headers.get('accept-language'),
  );
  const t = createTranslator({ locale, messages: { fr, en }[locale], namespace: 'admin' });
  const codes = createTranslator({ locale, messages: { fr, en }[locale], namespace: 'acts.codes' });
  const head = (
    ['at', 'actor', 'actorKind', 'what', 'action', 'subject', 'cabinet', 'facts', 'note'] as const
  ).map((column) => t(`journal.columns.${column}`));
  const words: FactWords = {
    name: (key) => t(`journal.factNames.${key}`),
    value: (key) => t(`journal.factValues.${key}`),
    code: (key) => codes(key),
    result: (key) => t(`journal.lotResults.${key}`),
    instant: (at) => at.toISOString(),
    yes: t('journal.yes'),
    no: t('journal.no'),
  };
  const row = (line: JournalLine) => {
    const action = actionKey(line.action);
    const subject = subjectKey(line.subjectType);
    const system = systemKey(line.actorKind, line.actorName);
    return [
      line.at.toISOString(),
      system ? t(`journal.systemNames.${system}`) : line.actorName,
      t(`journal.actorKinds.${line.actorKind}`),
      action ? t(`journal.actions.${action}`) : t('journal.other', { action: line.action }),
      line.action,
      `${subject ? t(`journal.subjects.${subject}`) : line.subjectType} ${line.subjectId}`,
      line.cabinet ?? '',
      factsLine(line.facts, words),
      line.note ?? '',
    ];
  };
  const chunks = exportJournal(actor, filter);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLine(head))),
    async pull(stream) {
      const { value, done } = await chunks.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value.map((line) => csvLine(row(line))).join('')));
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
  return new Response(body, {
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="journal.csv"',
    },
  });
}

const refuse = (status: 400 | 403, error: string) =>
  Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } });
