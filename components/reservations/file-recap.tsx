'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { formatCents } from '@/lib/core/money';
import { formatDay } from '@/lib/core/paris';
import { type FileRow, fileRows } from '@/lib/dossiers/rules';
import type { FileForm, FileStep } from '@/lib/dossiers/schema';
import type { KobanLists } from '@/lib/promoters/schema';

/** The file as it is read: step by step, what was given. `onEdit` leads back to a step, while the file is open. */
export function FileRecap({
  file,
  lists,
  onEdit,
}: {
  file: FileForm;
  lists: KobanLists;
  onEdit?: (step: FileStep) => void;
}) {
  const t = useTranslations('reservations');
  return (
    <div className="grid gap-5">
      {fileRows(file, lists).map(({ step, rows }) => (
        <section key={step} aria-label={t(`steps.${step}`)}>
          <div className="flex items-center justify-between gap-3 border-line border-b pb-1.5">
            <h3 className="font-semibold">{t(`steps.${step}`)}</h3>
            {onEdit !== undefined && (
              <Button
                size="sm"
                variant="ghost"
                aria-label={t('form.editStep', { step: t(`steps.${step}`) })}
                onClick={() => onEdit(step)}
              >
                {t('form.edit')}
              </Button>
            )}
          </div>
          {rows.length === 0 ? (
            <p className="py-2 text-ink-3 text-sm">{t('form.nothing')}</p>
          ) : (
            <dl className="grid gap-x-6 gap-y-1 py-2 text-[0.875rem] sm:grid-cols-2">
              {rows.map((row) => (
                <div key={row.field} className="flex items-baseline justify-between gap-4">
                  <dt className="text-ink-2">{t(`form.${row.field}`)}</dt>
                  <dd className="min-w-0 break-words text-right font-medium">
                    <Value row={row} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      ))}
    </div>
  );
}

function Value({ row }: { row: FileRow }) {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  switch (row.kind) {
    case 'text':
      return row.value;
    case 'rate':
      return t('rate', { rate: locale === 'fr' ? row.value.replace('.', ',') : row.value });
    case 'gender':
      return t(row.value);
    case 'yes-no':
      return t(row.value ? 'yes' : 'no');
    case 'money':
      return formatCents(row.cents, locale);
    case 'day':
      return formatDay(row.day, locale);
  }
}
