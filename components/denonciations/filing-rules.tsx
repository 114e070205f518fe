import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';

const rules = ['check', 'time', 'term', 'consent'] as const;

/** What a dénonciation does and asks, told before one is filed. */
export function FilingRules() {
  const t = useTranslations('denonciations.rules');
  return (
    <Card pad aria-label={t('title')}>
      <h2 className="text-lg">{t('title')}</h2>
      <dl className="mt-2 grid gap-3 text-[0.875rem]">
        {rules.map((rule) => (
          <div key={rule}>
            <dt className="font-semibold">{t(rule)}</dt>
            <dd className="text-ink-2">{t(`${rule}Text`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
