import { useLocale, useTranslations } from 'next-intl';
import { formatCount } from '@/components/stock/format';
import { statusFill, statusLook } from '@/components/stock/status-look';
import { cx } from '@/components/ui/cx';
import { type FamilyCounts, STATUS_FAMILIES } from '@/lib/stock/schema';

/** How a programme's lots divide: a bar for the eye, words for everyone. */
export function StatusBar({ counts }: { counts: FamilyCounts }) {
  const t = useTranslations('stock.bar');
  const locale = useLocale();
  const words = [
    { key: 'libre', count: counts.libre },
    { key: 'option', count: counts.option },
    { key: 'preresv', count: counts.preresv },
    { key: 'closed', count: counts.resv + counts.bloque + counts.acte },
    { key: 'other', count: counts.other },
  ] as const;
  return (
    <>
      <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line">
        {STATUS_FAMILIES.map((family) =>
          counts[family] === 0 ? null : (
            <span
              key={family}
              className={cx(statusFill[family], statusLook[family].closed && 'opacity-45')}
              style={{ flexGrow: counts[family] }}
            />
          ),
        )}
      </div>
      <p className="mt-1.5 flex flex-wrap gap-x-3 text-ink-2 text-sm">
        {words
          .filter(({ key, count }) => count > 0 || key === 'libre')
          .map(({ key, count }) => (
            <span key={key} className={cx(key === 'libre' && count > 0 && 'font-semibold text-libre')}>
              {t(key, { count, shown: formatCount(count, locale) })}
            </span>
          ))}
      </p>
    </>
  );
}
