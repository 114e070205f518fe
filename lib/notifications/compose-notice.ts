import { createTranslator } from 'next-intl';
import { env } from '@/lib/core/env';
import { formatCents } from '@/lib/core/money';
import { formatShort } from '@/lib/core/paris';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import type { Locale } from '@/lib/i18n/locale';
import { type ComposedMail, composeMail } from '@/lib/mail/compose-mail';
import { type NoticeCode, type NoticeParams, noticeCodeSchema, noticeParamsSchema } from './schema';

const messages = { fr, en };

/** What is said of a notice in one language: a title, and a sentence under it. */
export function composeWords(
  { code, params }: { code: NoticeCode; params: NoticeParams },
  locale: Locale,
): { title: string; text: string } {
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'notifications' });
  const { prospect, lot, programme, rank, until, before, after } = params;
  const price = (cents: number | null) => (cents === null ? t('noPrice') : formatCents(cents, locale));
  const values = {
    prospect,
    lot,
    programme,
    rank: rank ?? 0,
    until: until === null ? '' : formatShort(new Date(until), locale),
    before: price(before),
    after: price(after),
  };
  return { title: t(`told.${code}.title`, values), text: t(`told.${code}.text`, values) };
}

/** The words of a stored notice; null for one of another version of the portal. */
export function wordsOfRow(row: { code: string; params: unknown }, locale: Locale) {
  const code = noticeCodeSchema.safeParse(row.code).data;
  return code ? composeWords({ code, params: noticeParamsSchema.parse(row.params) }, locale) : null;
}

/** The mail that tells a notice. Of a prospect it names no more than the sentence does. */
export function composeNoticeMail(
  { name, locale }: { name: string; locale: Locale },
  { code, params, href }: { code: NoticeCode; params: NoticeParams; href: string },
): Promise<ComposedMail> {
  const t = createTranslator({ locale, messages: messages[locale] });
  const { title, text } = composeWords({ code, params }, locale);
  return composeMail({
    locale,
    subject: title,
    greeting: t('mail.greeting', { name }),
    paragraphs: [text],
    action: { label: t('notifications.mail.open'), href: new URL(href, env().NEXTAUTH_URL).href },
    footer: t('notifications.mail.footer'),
  });
}
