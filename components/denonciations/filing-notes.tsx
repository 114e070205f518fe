'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { type ProgrammeChoice, programmeKey } from '@/components/denonciations/draft-values';
import { denonciationHref, signInHref } from '@/components/denonciations/links';
import type { FilingFault, RefusedFiling } from '@/components/denonciations/use-filing';
import { Note } from '@/components/ui/note';

const link = 'font-semibold text-brand underline';

/** Why the form did not leave, and what can be done about it; read aloud. */
export function FilingNotes({
  fault,
  refused,
  choices,
  here,
}: {
  fault: FilingFault | null;
  refused: readonly RefusedFiling[];
  choices: readonly ProgrammeChoice[];
  here: string;
}) {
  const t = useTranslations('denonciations');
  const sentence = useActSentence();
  if (fault !== null) {
    return (
      <Note tone={fault === 'lost' ? 'warn' : 'danger'} live>
        {t(`fault.${fault}`)}{' '}
        {(fault === 'signedOut' || fault === 'signedOutSent') && (
          <a href={signInHref(here)} className={link}>
            {t('draft.signIn')}
          </a>
        )}
        {fault === 'formReused' && (
          <Link href="/denonciations" className={link}>
            {t('fault.list')}
          </Link>
        )}
      </Note>
    );
  }
  if (refused.length === 0) return null;
  const labels = new Map(choices.map((choice) => [programmeKey(choice), choice.label]));
  return (
    <Note tone="danger" live title={t('fault.refusedTitle')}>
      <ul className="mt-0.5 grid gap-1">
        {refused.map(({ programme, code, id }) => (
          <li key={programmeKey(programme)}>
            <b>{labels.get(programmeKey(programme)) ?? programme.code}</b> : {sentence(code)}{' '}
            {id !== null && (
              <Link href={denonciationHref(id)} className={link}>
                {t('fault.open')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Note>
  );
}
