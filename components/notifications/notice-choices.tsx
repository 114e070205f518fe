'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/choice';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { chooseAction } from '@/lib/notifications/actions';
import {
  type ChoiceKind,
  choiceKinds,
  type NoticeSettings,
  type Way,
  ways,
} from '@/lib/notifications/schema';

/** Per subject and way, whether a person is told; saved as they tick. */
export function NoticeChoices({ settings }: { settings: NoticeSettings }) {
  const t = useTranslations('notifications.settings');
  const [choices, setChoices] = useState(settings.choices);
  const [said, setSaid] = useState<'saved' | 'fault' | null>(null);
  const kinds = choiceKinds.filter((kind) => kind !== 'cabinet' || settings.manager);

  const choose = async (kind: ChoiceKind, way: Way, on: boolean) => {
    const put = (value: boolean) =>
      setChoices((before) => ({ ...before, [kind]: { ...before[kind], [way]: value } }));
    put(on);
    setSaid(null);
    const answer = await chooseAction({ kind, way, on }).catch(() => null);
    const kept = answer && !answer.serverError && !answer.validationErrors;
    if (!kept) put(!on);
    setSaid(kept ? 'saved' : 'fault');
  };

  return (
    <>
      <p className="px-4 pt-4 text-ink-2 text-sm sm:px-6">{t('intro')}</p>
      <table className="mt-2 w-full text-[0.875rem]">
        <thead>
          <tr className="border-line border-b text-ink-3 text-sm">
            <th scope="col" className="py-2 pl-4 text-left font-medium sm:pl-6">
              {t('kind')}
            </th>
            {ways.map((way) => (
              <th key={way} scope="col" className="w-20 px-1 py-2 text-center font-medium">
                {t(way)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind} className="border-line border-b last:border-b-0">
              <th scope="row" className="py-1.5 pl-4 text-left font-normal sm:pl-6">
                {t(`kinds.${kind}`)}
              </th>
              {ways.map((way) => (
                <td key={way} className="px-1 text-center">
                  <Checkbox
                    className="justify-center max-sm:min-h-11 max-sm:items-center"
                    checked={choices[kind][way]}
                    onChange={(event) => void choose(kind, way, event.target.checked)}
                    label={
                      <VisuallyHidden>
                        {t('choice', { kind: t(`kinds.${kind}`), way: t(way) })}
                      </VisuallyHidden>
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="px-4 pb-2 text-ink-3 text-sm sm:px-6">{t('language')}</p>
      <p
        role="status"
        className={`min-h-5 px-4 pb-3 text-sm sm:px-6 ${said === 'fault' ? 'text-accent' : 'text-libre'}`}
      >
        {said && t(said)}
      </p>
    </>
  );
}
