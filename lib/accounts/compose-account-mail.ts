import type { Locale } from '@/lib/i18n/locale';
import { type ComposedMail, composeMail, mailTranslator } from '@/lib/mail/compose-mail';

/** The message that carries an invitation or a forgotten password's link. */
export function composeAccountMail(
  kind: 'invitation' | 'reset',
  { locale, name, href }: { locale: Locale; name: string; href: string },
): Promise<ComposedMail> {
  const t = mailTranslator(locale);
  return composeMail({
    locale,
    subject: t(`mail.${kind}.subject`),
    greeting: t('mail.greeting', { name }),
    paragraphs: [t(`mail.${kind}.why`), t(`mail.${kind}.life`)],
    action: { label: t(`mail.${kind}.action`), href },
  });
}
