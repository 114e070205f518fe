import { getTranslations } from 'next-intl/server';
import { MessagePage } from '@/components/layout/message-page';
import { LinkButton } from '@/components/ui/button';

/** What was never there, or is not this person's to see: one page, word for word. */
export async function NotFoundPage({ framed }: { framed?: boolean }) {
  const t = await getTranslations('errors');
  return (
    <MessagePage
      framed={framed}
      title={t('notFoundTitle')}
      actions={
        <LinkButton href="/" variant="primary">
          {t('home')}
        </LinkButton>
      }
    >
      <p>{t('notFoundText')}</p>
    </MessagePage>
  );
}
