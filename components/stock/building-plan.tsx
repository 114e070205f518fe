import { useTranslations } from 'next-intl';
import { memo, useMemo } from 'react';
import { type PlanStair, planOf } from '@/components/stock/plan-layout';
import { StairPlan } from '@/components/stock/stair-plan';
import { StatusLegend } from '@/components/stock/status-legend';
import { Card } from '@/components/ui/card';
import type { StockLot } from '@/lib/stock/schema';

// A building is read at a glance or not at all: past this, only the list makes sense.
export const MOST_CELLS = 1_200;

/** The buildings of a programme, floor by floor. Lots that the filters leave out stay in their place, faded. */
export const BuildingPlan = memo(function BuildingPlan({
  lots,
  matching,
  total,
}: {
  lots: readonly StockLot[] | null;
  /** The lots that the filters keep; null when nothing is filtered. */
  matching: ReadonlySet<StockLot> | null;
  total: number;
}) {
  const t = useTranslations('stock.plan');
  const stairs = useMemo(() => (lots && lots.length <= MOST_CELLS ? planOf(lots) : null), [lots]);
  return (
    <Card
      aria-label={t('title')}
      className="lg:sticky lg:top-[4.75rem] lg:flex lg:max-h-[calc(100dvh-6rem)] lg:flex-col"
    >
      <h2 className="px-4 pt-3.5 pb-1 text-lg">{t('title')}</h2>
      {total > MOST_CELLS ? (
        <p className="px-4 pb-4 text-ink-2 text-sm">{t('tooMany', { most: MOST_CELLS })}</p>
      ) : (
        <>
          <div className="max-h-[26rem] min-h-0 overflow-auto overscroll-x-contain px-4 pb-3 lg:max-h-none">
            {stairs ? <Stairs stairs={stairs} matching={matching} /> : <WaitingPlan total={total} />}
          </div>
          {lots && <StatusLegend lots={lots} className="border-line border-t px-4 py-3" />}
        </>
      )}
    </Card>
  );
});

function Stairs({ stairs, matching }: { stairs: PlanStair[]; matching: ReadonlySet<StockLot> | null }) {
  const t = useTranslations('stock.plan');
  return stairs.map(({ key, stair, ...plan }) => (
    <section key={key} className="mt-2">
      {stairs.length > 1 && (
        <h3 className="sticky left-0 mb-1 w-fit text-ink-2 text-sm">
          {stair === null ? t('noStair') : t('stair', { stair })}
        </h3>
      )}
      <StairPlan {...plan} name={stair === null ? t('title') : t('stair', { stair })} matching={matching} />
    </section>
  ));
}

/** The plan's floors before its lots have come, as one striped element. */
function WaitingPlan({ total }: { total: number }) {
  const floors = Math.min(8, Math.max(2, Math.ceil(total / 6)));
  return (
    <div
      aria-hidden="true"
      style={{ height: `${floors * 3}rem` }}
      className="mt-2 animate-pulse bg-[repeating-linear-gradient(var(--line)_0_2.75rem,transparent_0_3rem)] opacity-70"
    />
  );
}
