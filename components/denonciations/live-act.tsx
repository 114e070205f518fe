'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ActOutcome } from '@/components/denonciations/act-outcome';
import { useActSentence } from '@/components/denonciations/act-sentence';
import { DenonciationBadge } from '@/components/denonciations/denonciation-badge';
import { receiptHref, signInHref } from '@/components/denonciations/links';
import { LiveSteps } from '@/components/denonciations/live-steps';
import { useLiveDenonciation } from '@/components/denonciations/use-live-denonciation';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Note } from '@/components/ui/note';
import { resend } from '@/lib/denonciations/actions';
import type { LiveDenonciation } from '@/lib/denonciations/schema';

/** A dénonciation as it happens: its steps, what became of it, and what can be done about it. */
export function LiveAct({
  id,
  title,
  subtitle,
  fromServer,
  here,
  next,
  details,
}: {
  id: string;
  title: ReactNode;
  subtitle: ReactNode;
  fromServer: LiveDenonciation;
  /** The address of this page, to come back to after signing in again. */
  here: string;
  /** What to do once it is accepted. */
  next: ReactNode;
  /** The act's own page, when this is not it. */
  details?: string;
}) {
  const t = useTranslations('denonciations.act');
  const { live, trouble, refetch } = useLiveDenonciation(id, fromServer);
  const again = useResend(id, () => void refetch());
  return (
    <Card pad data-act={id}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <div className="min-w-0">
          <h2 className="text-lg">{details === undefined ? title : <Link href={details}>{title}</Link>}</h2>
          <p className="text-ink-2 text-sm">
            {subtitle}
            {live.attempt > 1 && ` · ${t('attempt', { attempt: live.attempt })}`}
          </p>
        </div>
        <DenonciationBadge state={live.state} />
      </div>
      <div className="my-2">
        <LiveSteps live={live} />
      </div>
      <div className="grid gap-3">
        <ActOutcome
          live={live}
          action={
            live.canResend ? (
              <Button
                variant="primary"
                className="max-sm:w-full"
                pending={again.pending}
                pendingLabel={t('resending')}
                onClick={again.send}
              >
                {t('resend')}
              </Button>
            ) : undefined
          }
        />
        {again.fault !== null && (
          <Note tone="danger" live>
            {again.fault}
          </Note>
        )}
        {trouble !== null && (
          <Note tone="warn" live>
            {trouble === 'signed-out' ? t('signedOut') : trouble === 'gone' ? t('gone') : t('interrupted')}{' '}
            {trouble === 'signed-out' && (
              <a className="font-semibold text-brand underline" href={signInHref(here)}>
                {t('signIn')}
              </a>
            )}
          </Note>
        )}
        {(live.hasReceipt || live.state === 'accepted') && (
          <div className="flex flex-wrap justify-end gap-2.5 max-sm:flex-col-reverse">
            {live.hasReceipt && (
              <LinkButton href={receiptHref(id)} download prefetch={false}>
                {t('receipt')}
              </LinkButton>
            )}
            {live.state === 'accepted' && next}
          </div>
        )}
      </div>
    </Card>
  );
}

/** Sends an act again, once however often one presses. */
function useResend(id: string, onSent: () => void) {
  const t = useTranslations('denonciations');
  const sentence = useActSentence();
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    if (pending) return;
    setPending(true);
    setFault(null);
    const answer = await resend({ id }).catch(() => null);
    setPending(false);
    if (!answer) setFault(t('act.interrupted'));
    else if (answer.serverError === 'signed-out') setFault(t('fault.signedOut'));
    else if (answer.serverError) setFault(sentence(answer.serverError));
    onSent();
  };
  return { send: () => void send(), pending, fault };
}
