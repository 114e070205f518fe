import { useLocale, useTranslations } from 'next-intl';
import { useFactWords } from '@/components/admin/fact-words';
import { journalAddress } from '@/components/admin/journal-address';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { actionKey, factsLine, subjectKey, systemKey } from '@/lib/admin/rules';
import type { JournalFilter, JournalLine, JournalPage } from '@/lib/admin/schema';
import { formatShort } from '@/lib/core/paris';

/** Who did what, when; latest first. */
export function JournalList({ found, filter }: { found: JournalPage; filter: JournalFilter }) {
  const t = useTranslations('admin.journal');
  const pager = useTranslations('admin.pager');
  const { lines, page, pages } = found;
  if (lines.length === 0) return <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>;
  return (
    <>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </ul>
      <Pager
        page={page}
        pages={pages}
        hrefOf={(to) => journalAddress(filter, to)}
        label={pager('label')}
        place={pager('place', { page, pages })}
        previous={pager('previous')}
        next={pager('next')}
      />
    </>
  );
}

function Row({ line }: { line: JournalLine }) {
  const t = useTranslations('admin.journal');
  const locale = useLocale();
  const words = useFactWords();
  const action = actionKey(line.action);
  const subject = subjectKey(line.subjectType);
  const system = systemKey(line.actorKind, line.actorName);
  const facts = factsLine(line.facts, words);
  return (
    <li
      data-action={line.action}
      className="grid gap-x-5 gap-y-0.5 px-4 py-2.5 text-[0.875rem] sm:grid-cols-[11rem_minmax(0,1fr)_minmax(0,16rem)]"
    >
      <time dateTime={line.at.toISOString()} className="text-ink-2 max-sm:text-sm">
        {formatShort(line.at, locale)}
      </time>
      <div className="min-w-0">
        <p className="font-semibold">
          {action ? t(`actions.${action}`) : t('other', { action: line.action })}
        </p>
        <p className="break-words text-ink-3 text-xs">
          {[
            `${subject ? t(`subjects.${subject}`) : line.subjectType} ${line.subjectId.slice(0, 8)}`,
            line.cabinet,
            facts,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {line.note && (
          <p className="whitespace-pre-line break-words text-ink-2">{t('note', { note: line.note })}</p>
        )}
      </div>
      <p className="text-ink-2 max-sm:text-sm">
        {system ? t(`systemNames.${system}`) : line.actorName}{' '}
        <span className="text-ink-3">· {t(`actorKinds.${line.actorKind}`)}</span>
      </p>
    </li>
  );
}
