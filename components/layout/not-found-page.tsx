import { getTranslations } from 'next-intl/server';
import { MessagePage } from '@/components/layout/message-page';
import { LinkButton } from '@/components/ui/button';

/** What was never there, or is not this person's to see: one page, word for word. */
export async function NotFoundPage({ framed }: { framed?: boolean }) {
  const [t, layout] = await Promise.all([getTranslations('errors'), getTranslations('layout')]);
  return (
    <>
      {/* The page that was asked for has no title of its own to give. */}
      <title>{`${t('notFoundTitle')} · ${layout('product')}`}</title>
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
    </>
  );
}
