import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { denonciationHref } from '@/components/denonciations/links';
import { LinkButton } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { cx } from '@/components/ui/cx';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { type Progress, stages } from '@/lib/dashboard/schema';

/** How far each prospect has come: dénoncé, option, préréservation, validée. */
export function ProgressCard({ progress, manager }: { progress: readonly Progress[]; manager: boolean }) {
  const t = useTranslations('dashboard.progress');
  const today = useTranslations('dashboard.today');
  return (
    <Card aria-label={t(manager ? 'titleCabinet' : 'title')}>
      <CardHeader
        title={t(manager ? 'titleCabinet' : 'title')}
        aside={
          progress.length > 0 && (
            <Link href="/denonciations" prefetch={false}>
              {t('all')}
            </Link>
          )
        }
      />
      {progress.length === 0 ? (
        <EmptyState
          title={t('empty')}
          action={<LinkButton href="/denonciations/nouvelle">{today('denounce')}</LinkButton>}
          className="py-8"
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul>
          {progress.map((line) => (
            <li
              key={line.denonciation}
              data-stage={line.stage}
              className="grid gap-x-5 gap-y-1.5 border-line border-t px-4 py-2.5 first:border-t-0 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)] md:items-center"
            >
              <span className="min-w-0">
                <Link
                  href={denonciationHref(line.denonciation)}
                  prefetch={false}
                  className="inline-block py-0.5 font-semibold no-underline hover:underline"
                >
                  {line.prospect}
                </Link>
                <span className="block truncate text-ink-3 text-xs">{line.programme}</span>
              </span>
              <Track line={line} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Track({ line }: { line: Progress }) {
  const t = useTranslations('dashboard.progress');
  const at = stages.indexOf(line.stage);
  return (
    <ol className="grid grid-cols-[5fr_4fr_6fr_4fr] gap-1.5">
      {stages.map((stage, place) => {
        const reached = place < at || (place === at && !(stage === 'denounced' && line.pending));
        return (
          <li key={stage} aria-current={place === at ? 'step' : undefined}>
            <span
              aria-hidden="true"
              className={cx('block h-1.5 rounded-full', reached ? 'bg-brand' : 'bg-line')}
            />
            <span
              className={cx(
                'mt-1 flex items-center gap-1 text-xs',
                reached ? 'font-semibold text-ink' : 'text-ink-3',
              )}
            >
              {reached && <Icon name="check" />}
              {t(`step.${stage}`)}
              <VisuallyHidden> ({t(reached ? 'reached' : 'ahead')})</VisuallyHidden>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
