import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { journalAddress } from '@/components/admin/journal-address';
import { Button } from '@/components/ui/button';
import { SelectField, TextField } from '@/components/ui/input';
import { actionKey } from '@/lib/admin/rules';
import { type JournalFilter, journalFilterSchema } from '@/lib/admin/schema';

/** The journal's criteria, and the export of what they find. Days and the action can be kept and shared as an address. */
export function JournalFilters({
  filter,
  actions,
  total,
  onLook,
}: {
  filter: JournalFilter;
  actions: readonly string[];
  /** Null while nothing can be said of it. */
  total: number | null;
  onLook: (wanted: JournalFilter) => void;
}) {
  const t = useTranslations('admin.journal');
  const words = (action: string) => {
    const key = actionKey(action);
    return key ? t(`actions.${key}`) : t('other', { action });
  };
  // Without a name: a form sent before the page listens puts its named fields in the address.
  const actor = useRef<HTMLInputElement>(null);
  const subject = useRef<HTMLInputElement>(null);
  const [resets, setResets] = useState(0);
  const look = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const named = Object.fromEntries(new FormData(event.currentTarget));
    onLook(
      journalFilterSchema.parse({
        ...named,
        actor: actor.current?.value,
        subject: subject.current?.value,
      }),
    );
  };
  const reset = () => {
    setResets(resets + 1);
    onLook(journalFilterSchema.parse({}));
  };
  return (
    <>
      <ExportForm filter={filter} />
      <form
        // Drawn anew when the address changes, so that its fields show what was searched.
        key={`${journalAddress(filter)} ${resets}`}
        action="/admin/journal"
        onSubmit={look}
        className="grid gap-4 border-line border-b p-4 sm:grid-cols-2 lg:grid-cols-[auto_auto_1fr_1fr_1fr]"
      >
        <TextField type="date" name="from" label={t('from')} defaultValue={filter.from ?? ''} />
        <TextField type="date" name="until" label={t('until')} defaultValue={filter.until ?? ''} />
        <TextField ref={actor} label={t('actor')} defaultValue={filter.actor} autoComplete="off" />
        <SelectField name="action" label={t('action')} defaultValue={filter.action ?? ''}>
          <option value="">{t('anyAction')}</option>
          {actions.map((action) => (
            <option key={action} value={action}>
              {words(action)}
            </option>
          ))}
        </SelectField>
        <TextField
          ref={subject}
          label={t('subject')}
          placeholder={t('subjectHint')}
          defaultValue={filter.subject}
          autoComplete="off"
        />
        <div className="flex flex-wrap items-center gap-2.5 sm:col-span-full">
          <Button type="submit" variant="primary">
            {t('search')}
          </Button>
          <Button onClick={reset}>{t('reset')}</Button>
          <p role="status" className="ml-auto text-ink-2 text-sm">
            {total !== null && t('count', { count: total })}
          </p>
          <button
            type="submit"
            form="journal-export"
            className="py-1 font-medium text-brand underline-offset-2 hover:underline"
          >
            {t('export')}
          </button>
        </div>
      </form>
    </>
  );
}

/** Asks for what was found as a table, its criteria in the body: they name people. */
function ExportForm({ filter }: { filter: JournalFilter }) {
  const { from, until, actor, action, subject } = filter;
  return (
    <form id="journal-export" method="post" action="/api/admin/journal" hidden>
      {Object.entries({ from, until, actor, action, subject }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value ?? ''} />
      ))}
    </form>
  );
}
