import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

/** The dashboard's shape while its figures are read. */
export function DashboardSkeleton() {
  const t = useTranslations('dashboard');
  return (
    <div role="status" aria-label={t('loading')} className="grid gap-5">
      <Card className="grid gap-3 p-4">
        <Skeleton className="h-6 w-48 rounded" />
        <Skeleton className="h-12 rounded" />
        <Skeleton className="h-12 rounded" />
      </Card>
      <Skeleton className="h-24 rounded-card" />
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-56 rounded-card" />
        <Skeleton className="h-56 rounded-card" />
      </div>
    </div>
  );
}
