import { getLocale } from 'next-intl/server';
import { LayoutMessages } from '@/components/layout/layout-messages';
import { NotFoundPage } from '@/components/layout/not-found-page';

export default async function NotFound() {
  return (
    <LayoutMessages locale={await getLocale()}>
      <NotFoundPage />
    </LayoutMessages>
  );
}
