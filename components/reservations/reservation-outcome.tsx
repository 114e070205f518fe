'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { Note, type NoteTone } from '@/components/ui/note';
import { formatMinute } from '@/lib/core/paris';
import type { ReservationDetail } from '@/lib/reservations/schema';

/** Where a reservation stands, in a sentence; green only when Koban said yes. It follows what happens by itself. */
export function ReservationOutcome({ reservation }: { reservation: ReservationDetail }) {
  const { act, state, fileSent } = reservation;
  const waits = act.state === 'open' || act.state === 'uncertain' || (state === 'preresv' && fileSent);
  return (
    <>
      <RefreshOnAct of={['reservation']} />
      {waits && <RefreshWhileOpen everyMs={act.state === 'open' ? 1_500 : 10_000} />}
      <Told reservation={reservation} />
    </>
  );
}

function Told({ reservation }: { reservation: ReservationDetail }) {
  const t = useTranslations('reservations.outcome');
  const proofs = useTranslations('acts.proof');
  const { act, state, fileSent, proof } = reservation;
  const how = proof === null ? '' : proofs(proof);
  // A webhook may have said more than the latest act knows.
  const said = state === 'withdrawn' || (state === 'validated' && act.kind !== 'desistement');
  if (said || act.kind === 'preresv' || act.state === 'done') {
    switch (state) {
      case 'draft':
      case 'pending':
        return <Say tone="info" title={t('pendingTitle')} text={t('pendingText')} />;
      case 'preresv':
        return fileSent ? (
          <Say tone="done" title={t('sentTitle')} text={t('sentText')} />
        ) : (
          <Say tone="done" title={t('preresvTitle')} text={t('preresvText', { how })} />
        );
      case 'validated':
        return <Say tone="done" title={t('validatedTitle')} text={t('validatedText')} />;
      case 'withdrawn':
        return <Say tone="info" title={t('withdrawnTitle')} text={t('withdrawnText', { how })} />;
      case 'refused':
        return <Why tone="danger" title={t('refusedTitle')} act={act} />;
      case 'unsent':
        return <Why tone="warn" title={t('unsentTitle')} act={act} />;
      case 'uncertain':
        return <Why tone="warn" title={t('uncertainTitle')} act={act} />;
      case 'abandoned':
        return <Why tone="info" title={t('abandonedTitle')} act={act} />;
    }
  }
  const of = act.kind === 'dossier' ? 'dossier' : 'withdrawal';
  switch (act.state) {
    case 'open':
      return <Say tone="info" title={t(`${of}OpenTitle`)} text={t(`${of}OpenText`)} />;
    case 'refused':
      return <Why tone="danger" title={t(`${of}RefusedTitle`)} act={act} />;
    case 'unsent':
    case 'abandoned':
      return <Why tone="warn" title={t(`${of}UnsentTitle`)} act={act} />;
    case 'uncertain':
      return <Why tone="warn" title={t(`${of}UncertainTitle`)} act={act} />;
  }
}

function Say({ tone, title, text }: { tone: NoteTone; title: string; text: string }) {
  return (
    <Note tone={tone} live title={title}>
      {text}
    </Note>
  );
}

function Why({ tone, title, act }: { tone: NoteTone; title: string; act: ReservationDetail['act'] }) {
  const t = useTranslations('reservations.outcome');
  const sentence = useActSentence();
  const locale = useLocale();
  const { code, kobanMessage, nextCheckAt, state } = act;
  return (
    <Note tone={tone} live title={title}>
      {code !== null && <p>{sentence(code)}</p>}
      {kobanMessage !== null && <p className="mt-1">{t('quote', { message: kobanMessage })}</p>}
      {state === 'uncertain' && (
        <p className="mt-0.5 text-ink-2">
          {nextCheckAt === null || nextCheckAt <= new Date()
            ? t('checking')
            : t('nextCheck', { at: formatMinute(nextCheckAt, locale) })}
        </p>
      )}
    </Note>
  );
}
