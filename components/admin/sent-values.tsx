import { useTranslations } from 'next-intl';
import { useSentWords } from '@/components/admin/fact-words';
import { KeyValues } from '@/components/ui/card';
import { sentLines } from '@/lib/admin/rules';

/** What one call told Koban, field by field; open where its result is what is looked for. Null: the act no longer keeps it. */
export function SentValues({ sent, open }: { sent: object | null; open: boolean }) {
  const t = useTranslations('admin.uncertain.values');
  const words = useSentWords();
  if (!sent) return <p className="text-ink-2 text-xs">{t('gone')}</p>;
  return (
    <details open={open} className="mt-1">
      <summary className="cursor-pointer text-ink-2 text-xs">{t('show')}</summary>
      {sentLines(sent, words).map(({ group, lines }) => (
        <div key={group} className="mt-2">
          {group && <h4 className="mb-1 text-xs">{t(`groups.${group}`)}</h4>}
          <KeyValues items={lines} className="border-0 [&_dd]:wrap-anywhere" />
        </div>
      ))}
    </details>
  );
}
