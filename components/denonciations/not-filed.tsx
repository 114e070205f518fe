'use client';

import { useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { denonciationHref } from '@/components/denonciations/links';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Note } from '@/components/ui/note';

/** A programme of the form on which nothing was filed, and why. */
export function NotFiled({
  programme,
  reason,
  id,
}: {
  programme: string;
  reason: string;
  /** The cabinet's own dénonciation that stands in the way, when this person may open it. */
  id: string | null;
}) {
  const t = useTranslations('denonciations.several');
  const sentence = useActSentence();
  return (
    <Card pad>
      <h2 className="text-lg">{t('refusedTitle', { programme })}</h2>
      <Note tone="danger" className="mt-3">
        {sentence(reason)}
      </Note>
      <div className="mt-3 flex flex-wrap justify-end gap-2.5">
        {id !== null && <LinkButton href={denonciationHref(id)}>{t('open')}</LinkButton>}
        <LinkButton href="/denonciations/nouvelle">{t('resume')}</LinkButton>
      </div>
    </Card>
  );
}
