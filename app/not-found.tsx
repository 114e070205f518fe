import { getTranslations } from 'next-intl/server';
import { MessagePage } from '@/components/layout/message-page';
import { LinkButton } from '@/components/ui/button';

export default async function NotFound() {
  const t = await getTranslations('errors');
  return (
    <MessagePage
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
