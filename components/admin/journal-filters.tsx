import { useTranslations } from 'next-intl';
import { journalQuery } from '@/components/admin/journal-address';
import { Button, LinkButton } from '@/components/ui/button';
import { SelectField, TextField } from '@/components/ui/input';
import { actionKey } from '@/lib/admin/rules';
import type { JournalFilter } from '@/lib/admin/schema';

/** The journal's criteria: a plain form, whose address can be kept and shared. */
export function JournalFilters({
  filter,
  actions,
  total,
}: {
  filter: JournalFilter;
  actions: readonly string[];
  total: number;
}) {
  const t = useTranslations('admin.journal');
  const words = (action: string) => {
    const key = actionKey(action);
    return key ? t(`actions.${key}`) : t('other', { action });
  };
  return (
    <form
      // Drawn anew when the address changes, so that its fields show what was searched.
      key={journalQuery(filter).toString()}
      action="/admin/journal"
      className="grid gap-4 border-line border-b p-4 sm:grid-cols-2 lg:grid-cols-[auto_auto_1fr_1fr_1fr]"
    >
      <TextField type="date" name="from" label={t('from')} defaultValue={filter.from ?? ''} />
      <TextField type="date" name="until" label={t('until')} defaultValue={filter.until ?? ''} />
      <TextField name="actor" label={t('actor')} defaultValue={filter.actor} autoComplete="off" />
      <SelectField name="action" label={t('action')} defaultValue={filter.action ?? ''}>
        <option value="">{t('anyAction')}</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {words(action)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="subject"
        label={t('subject')}
        placeholder={t('subjectHint')}
        defaultValue={filter.subject}
        autoComplete="off"
      />
      <div className="flex flex-wrap items-center gap-2.5 sm:col-span-full">
        <Button type="submit" variant="primary">
          {t('search')}
        </Button>
        <LinkButton href="/admin/journal">{t('reset')}</LinkButton>
        <p role="status" className="ml-auto text-ink-2 text-sm">
          {t('count', { count: total })}
        </p>
        <a
          href={`/api/admin/journal?${journalQuery(filter)}`}
          download
          className="py-1 font-medium text-brand underline-offset-2 hover:underline"
        >
          {t('export')}
        </a>
      </div>
    </form>
  );
}
