import { useLocale, useTranslations } from 'next-intl';
import { Card, CardHeader } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import { formatShort } from '@/lib/core/paris';
import { formatPhone } from '@/lib/core/phone';
import { type DenonciationDetail, sources } from '@/lib/denonciations/schema';

/** What the cabinet typed: who the prospect is and what is looked for. */
export function DenonciationFacts({ act }: { act: DenonciationDetail }) {
  const t = useTranslations('denonciations');
  const acts = useTranslations('acts');
  const locale = useLocale();
  const { prospect, programme, wish } = act;
  const source = sources.find((one) => one === wish.source);
  const rows: [string, string | null][] = [
    [t('facts.email'), prospect.email],
    [t('facts.phone'), formatPhone(prospect.phone)],
    [t('facts.programme'), programme.label],
    [t('facts.promoter'), programme.promoterName],
    [t('facts.consent'), formatShort(act.consentAt, locale)],
    [t('facts.typologies'), wish.typologies.join(', ') || null],
    [t('facts.rooms'), wish.rooms === null ? null : String(wish.rooms)],
    [t('facts.budget'), wish.budgetCents === null ? null : formatCents(wish.budgetCents, locale)],
    [t('facts.source'), source ? acts(`source.${source}`) : null],
    [t('facts.comment'), wish.comment],
  ];
  return (
    <Card>
      <CardHeader title={t('facts.title')} />
      <dl className="grid gap-y-2.5 px-4 py-3.5 text-[0.875rem]">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3">
              <dt className="text-ink-2">{name}</dt>
              <dd className="whitespace-pre-line break-words font-medium">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
