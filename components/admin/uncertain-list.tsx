import { CircleCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ActWhy } from '@/components/admin/act-why';
import { JudgeForm } from '@/components/admin/judge-form';
import { UncertainSteps } from '@/components/admin/uncertain-steps';
import { Badge } from '@/components/ui/badge';
import { Card, KeyValues } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { UncertainAct } from '@/lib/admin/schema';
import { formatMinute, formatShort } from '@/lib/core/paris';

/** Every act whose result is unknown, oldest first: its facts, its evidence, and the word of the person who looked. */
export function UncertainList({ acts }: { acts: readonly UncertainAct[] }) {
  const t = useTranslations('admin.uncertain');
  if (acts.length === 0) {
    return (
      <Card>
        <EmptyState icon={<CircleCheck />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-5">
      {acts.map((act) => (
        <UncertainCard key={act.id} act={act} />
      ))}
    </div>
  );
}

function UncertainCard({ act }: { act: UncertainAct }) {
  const t = useTranslations('admin.uncertain');
  const locale = useLocale();
  const { id, kind, since, late, nextCheckAt, programme, lot, lotLabel, prospect, cabinet, adviser } = act;
  const title = [t(`kinds.${kind}`), lotLabel ?? lot, prospect].filter(Boolean).join(' · ');
  return (
    <Card aria-label={title} data-act={id}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-3.5">
        <h2 className="text-lg">{title}</h2>
        <Badge
          tone={late ? 'accent' : 'option'}
          icon={late ? 'warn' : 'question'}
          label={t(late ? 'late' : 'checking')}
          className="ml-auto"
        />
      </div>
      <div className="grid gap-x-8 gap-y-5 p-4 sm:p-6 lg:grid-cols-2">
        <div>
          <p className="font-semibold text-option">{t('since', { at: formatShort(since, locale) })}</p>
          {act.code !== null && <ActWhy code={act.code} />}
          {nextCheckAt && (
            <p className="text-ink-2 text-sm">{t('nextCheck', { at: formatMinute(nextCheckAt, locale) })}</p>
          )}
          <KeyValues
            className="mt-3"
            items={[
              { name: t('programme'), value: programme },
              ...(lot ? [{ name: t('lot'), value: lotLabel ?? lot }] : []),
              ...(prospect ? [{ name: t('prospect'), value: prospect }] : []),
              { name: t('cabinet'), value: cabinet },
              { name: t('adviser'), value: adviser },
            ]}
          />
        </div>
        <UncertainSteps steps={act.steps} />
        <div className="border-line border-t pt-4 lg:col-span-2">
          <JudgeForm id={id} />
        </div>
      </div>
    </Card>
  );
}
