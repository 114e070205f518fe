'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signInHref } from '@/components/denonciations/links';
import { OptionGrant } from '@/components/options/option-grant';
import { OptionOutcome } from '@/components/options/option-outcome';
import { OptionStopped } from '@/components/options/option-stopped';
import type { OptionLot } from '@/components/options/place-option-button';
import { type Stage, usePlacing } from '@/components/options/use-placing';
import { denounceHref, lotHref } from '@/components/stock/links';
import { Button, LinkButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

/** « Poser une option »: what Koban grants now, for whom, and the partner's confirmation of that rank. */
export default function PlaceOptionDialog({
  lot,
  open,
  onClose,
}: {
  lot: OptionLot;
  open: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('options.dialog');
  const { stage, check, confirm, changed } = usePlacing(lot, open);
  const [prospect, setProspect] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const sending = stage.kind === 'granted' && stage.sending;
  const nobody = stage.kind === 'granted' && stage.check.prospects.length === 0;

  const press = () => {
    if (stage.kind !== 'granted' || stage.sending) return;
    const chosen = stage.check.prospects.find((one) => one.denonciationId === prospect && !one.full);
    if (chosen) confirm(stage.check, chosen.denonciationId);
    else setMissing(true);
  };

  return (
    <Dialog
      open={open}
      // While the option is being placed the window stays: its answer is what the partner waits for.
      onOpenChange={(next) => !next && !sending && onClose()}
      title={t('title', { label: lot.label })}
      description={[lot.programmeLabel, lot.facts].filter(Boolean).join(' · ') || undefined}
      closeLabel={t('close')}
      footer={
        <Footer stage={stage} nobody={nobody} lot={lot} onPress={press} onCheck={check} onClose={onClose} />
      }
    >
      {stage.kind === 'ended' ? (
        <OptionOutcome outcome={stage.outcome} />
      ) : stage.kind === 'granted' || stage.kind === 'checking' ? (
        <OptionGrant
          stage={stage}
          lot={lot}
          prospect={prospect}
          missing={missing}
          onProspect={(value) => {
            setProspect(value);
            setMissing(false);
            changed();
          }}
        />
      ) : (
        <OptionStopped stage={stage} />
      )}
    </Dialog>
  );
}

function Footer({
  stage,
  nobody,
  lot,
  onPress,
  onCheck,
  onClose,
}: {
  stage: Stage;
  nobody: boolean;
  lot: OptionLot;
  onPress: () => void;
  onCheck: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('options.dialog');
  const close = <Button onClick={onClose}>{t(stage.kind === 'ended' ? 'close' : 'cancel')}</Button>;
  const again = (
    <>
      {close}
      <Button variant="primary" onClick={onCheck}>
        {t('again')}
      </Button>
    </>
  );
  switch (stage.kind) {
    case 'checking':
      return (
        <>
          {close}
          {/* The very button that asks for confirmation: whoever pressed it keeps the focus while Koban is asked again. */}
          <Button variant="primary" pending pendingLabel={t('checking')}>
            {t('checking')}
          </Button>
        </>
      );
    case 'blocked':
    case 'unanswered':
    case 'fault':
      return again;
    case 'signed-out':
      return (
        <>
          {close}
          <LinkButton
            variant="primary"
            href={signInHref(stage.sent ? '/options' : lotHref(lot.promoter, lot.extcode))}
            prefetch={false}
          >
            {t('signIn')}
          </LinkButton>
        </>
      );
    case 'granted':
      return (
        <>
          <Button onClick={onClose} aria-disabled={stage.sending || undefined} disabled={stage.sending}>
            {t('cancel')}
          </Button>
          {nobody ? (
            <LinkButton
              variant="primary"
              href={denounceHref(lot.promoter, lot.programmeCode, lot.extcode)}
              prefetch={false}
            >
              {t('denounce')}
            </LinkButton>
          ) : (
            <Button
              variant="primary"
              pending={stage.sending}
              pendingLabel={t('confirming')}
              onClick={onPress}
            >
              {stage.lost ? t('lostAgain') : t('confirm', { rank: stage.check.rank })}
            </Button>
          )}
        </>
      );
    case 'ended': {
      const { kind } = stage.outcome;
      if (kind === 'refused' || kind === 'unsent') return again;
      return (
        <>
          {close}
          <LinkButton variant="primary" href="/options">
            {t('toOptions')}
          </LinkButton>
        </>
      );
    }
  }
}
