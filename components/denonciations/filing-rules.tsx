import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';

const rules = ['check', 'time', 'term', 'consent'] as const;

/** What a dénonciation does and asks, told before one is filed. */
export function FilingRules() {
  const t = useTranslations('denonciations.rules');
  const told = (
    <dl className="mt-2 grid gap-3 text-[0.875rem]">
      {rules.map((rule) => (
        <div key={rule}>
          <dt className="font-semibold">{t(rule)}</dt>
          <dd className="text-ink-2">{t(`${rule}Text`)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <>
      <Card pad aria-label={t('title')} className="max-lg:hidden">
        <h2 className="text-lg">{t('title')}</h2>
        {told}
      </Card>
      {/* Where the form has the whole width, the rules fold: they stay one press away, above what they are about. */}
      <Card aria-label={t('title')} className="lg:hidden">
        <details className="group">
          <summary className="flex min-h-11 items-center gap-2 px-4 font-semibold sm:px-6 [&::-webkit-details-marker]:hidden">
            <Icon name="info" className="text-preresv" />
            {t('title')}
            <Icon name="chevron" className="ml-auto text-ink-3 group-open:rotate-180" />
          </summary>
          <div className="px-4 pb-4 sm:px-6">{told}</div>
        </details>
      </Card>
    </>
  );
}
