import { useLocale, useTranslations } from 'next-intl';
import { Card, CardHeader } from '@/components/ui/card';
import { formatCents } from '@/lib/core/money';
import { isAmount, KOBAN_GROUPS, labelOfKoban } from '@/lib/dossiers/rules';
import type { fr } from '@/lib/i18n/fr';
import type { KobanLists } from '@/lib/promoters/schema';

type File = Record<string, string | number | boolean | null>;
type Fields = typeof fr.reservations.kobanFile.fields;

const groups = Object.keys(KOBAN_GROUPS) as (keyof typeof KOBAN_GROUPS)[];
const known = new Set<string>(Object.values(KOBAN_GROUPS).flat());

/** The validated file as Koban gave it: every field that says something, amounts in euros. */
export function KobanFile({ file, lists }: { file: File; lists: KobanLists }) {
  const t = useTranslations('reservations.kobanFile');
  const others = Object.keys(file).filter((name) => !known.has(name));
  const label = (name: string) => {
    const key = `fields.${name as keyof Fields}` as const;
    return t.has(key) ? t(key) : name;
  };
  return (
    <Card>
      <CardHeader title={t('title')} />
      <div className="grid gap-5 px-4 py-3.5">
        {groups.map((group) => (
          <Group
            key={group}
            title={t(`groups.${group}`)}
            names={KOBAN_GROUPS[group]}
            {...{ file, lists, label }}
          />
        ))}
        <Group title={t('groups.other')} names={others} {...{ file, lists, label }} />
      </div>
    </Card>
  );
}

function Group({
  title,
  names,
  file,
  lists,
  label,
}: {
  title: string;
  names: readonly string[];
  file: File;
  lists: KobanLists;
  label: (name: string) => string;
}) {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  const text = (name: string): string | null => {
    const value = file[name];
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return typeof value === 'number' && isAmount(name)
      ? formatCents(value, locale)
      : labelOfKoban(name, String(value), lists);
  };
  const rows = names.flatMap((name) => {
    const value = text(name);
    return value === null ? [] : [{ name, value }];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="border-line border-b pb-1.5 font-semibold">{title}</h3>
      <dl className="grid gap-x-6 gap-y-1 py-2 text-[0.875rem] sm:grid-cols-2">
        {rows.map(({ name, value }) => (
          <div key={name} data-field={name} className="flex items-baseline justify-between gap-4">
            <dt className="text-ink-2">{label(name)}</dt>
            <dd className="min-w-0 break-words text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
