import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';

/** What pre-reserving does, told before it is done. */
export function PreresvRules() {
  const t = useTranslations('reservations.new');
  return (
    <Card pad aria-label={t('aboutTitle')}>
      <h2 className="text-lg">{t('aboutTitle')}</h2>
      <ul className="mt-2 grid list-disc gap-2 pl-5 text-[0.875rem] text-ink-2">
        {(['about1', 'about2', 'about3'] as const).map((rule) => (
          <li key={rule}>{t(rule)}</li>
        ))}
      </ul>
    </Card>
  );
}
