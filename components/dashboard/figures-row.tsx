import { useTranslations } from 'next-intl';
import { KpiRow } from '@/components/ui/kpi-row';
import type { Figure, Figures } from '@/lib/dashboard/schema';

/** How many acts this month and this year; a manager's are the whole cabinet's. */
export function FiguresRow({ figures, manager }: { figures: Figures; manager: boolean }) {
  const t = useTranslations('dashboard.figures');
  const item = (label: string, { month, year }: Figure) => ({
    label,
    value: (
      <>
        {month} <span className="font-normal text-ink-3 text-sm">{t('month')}</span>
      </>
    ),
    detail: t('year', { count: year }),
  });
  return (
    <section aria-label={t(manager ? 'titleCabinet' : 'title')}>
      <KpiRow
        items={[
          item(t('denonciations'), figures.denonciations),
          item(t('options'), figures.options),
          item(t('reservations'), figures.reservations),
        ]}
      />
    </section>
  );
}
