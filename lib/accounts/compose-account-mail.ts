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

/** What tells a person who has an account that a promoter lets them in; `elsewhere`: that their address serves in another firm. */
export function composeAccessMail(
  kind: 'access' | 'elsewhere',
  { locale, name, firm, promoter, href }: AccessFacts,
): Promise<ComposedMail> {
  const t = mailTranslator(locale);
  return composeMail({
    locale,
    subject: t(`mail.${kind}.subject`, { promoter }),
    greeting: t('mail.greeting', { name }),
    paragraphs: [t(`mail.${kind}.why`, { promoter, firm }), t(`mail.${kind}.next`)],
    action: { label: t(`mail.${kind}.action`), href },
  });
}

type AccessFacts = { locale: Locale; name: string; firm: string; promoter: string; href: string };
