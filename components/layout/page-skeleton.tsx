import { getTranslations } from 'next-intl/server';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/**
 * A page's place while it comes. Under a `loading.tsx` the answer is already on its way when the page decides, so that
 * `notFound()` and `redirect()` can no longer set the status: only for pages that do neither.
 */
export async function PageSkeleton() {
  const t = await getTranslations('errors');
  return (
    <div className="mx-auto max-w-page px-4 py-7 sm:px-8">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <Skeleton className="h-4 w-48 rounded-md" />
      <Skeleton className="mt-3 h-8 w-80 max-w-full rounded-md" />
      <Skeleton className="mt-6 h-20 rounded-card" />
      <div className="mt-5 rounded-card border border-line bg-card">
        <SkeletonRows rows={8} />
      </div>
    </div>
  );
}
