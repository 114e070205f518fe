'use client';

import { useTranslations } from 'next-intl';
import { MessagePage } from '@/components/layout/message-page';
import { LinkButton } from '@/components/ui/button';

// For the browser: the server sends this page along with every other, where a client component is but a name.

/** What was never there, or is not this person's to see: one page, word for word. Inside `LayoutMessages`. */
export function NotFoundPage({ framed }: { framed?: boolean }) {
  const t = useTranslations('errors');
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
