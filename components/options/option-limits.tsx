import { useTranslations } from 'next-intl';
import { KobanLimitNote } from '@/components/options/koban-limit-note';
import type { Limits } from '@/lib/options/schema';

/** What bounds the cabinet's options at each promoter, before it is met. */
export function OptionLimits({ limits }: { limits: readonly Limits[] }) {
  const t = useTranslations('options.limits');
  const bounded = limits.flatMap(({ most, ...rest }) => (most === null ? [] : [{ ...rest, most }]));
  return (
    <>
      {bounded.length > 0 && (
        <ul aria-label={t('label')} className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-ink-2 text-sm">
          {bounded.map(({ promoterName, count, most }) => (
            <li key={promoterName} className={count >= most ? 'font-semibold text-option' : undefined}>
              {promoterName} · {t('cabinet', { count, most })}
              {count >= most && ` ${t('reached')}`}
            </li>
          ))}
        </ul>
      )}
      <div className="mb-3 grid gap-3 empty:hidden">
        {limits.map((limit) => (
          <KobanLimitNote key={limit.promoterName} limit={limit} promoter={limit.promoterName} />
        ))}
      </div>
    </>
  );
}
