'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { signInHref } from '@/components/denonciations/links';
import { ChangeGround } from '@/components/options/change-ground';
import { ChangeProgress } from '@/components/options/change-outcome';
import type { ChangeStage } from '@/components/options/use-change';
import { Button, type ButtonVariant, LinkButton } from '@/components/ui/button';
import { KeyValues } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialog';
import { Note } from '@/components/ui/note';
import { formatShort } from '@/lib/core/paris';
import type { ChangeKind, OptionLine } from '@/lib/options/schema';

/** The question before an option is changed, the change as it happens, and its outcome: one window. */
export function ChangeDialog({
  kind,
  line,
  moved,
  open,
  onClose,
  stage,
  onConfirm,
  onAgain,
  variant,
  children,
}: {
  kind: ChangeKind;
  line: OptionLine;
  /** The option is at another rank than this window opened on. */
  moved: boolean;
  open: boolean;
  onClose: () => void;
  stage: ChangeStage;
  onConfirm: () => void;
  onAgain: () => void;
  variant: ButtonVariant;
  /** What is asked of the partner. */
  children: ReactNode;
}) {
  const t = useTranslations('options.change');
  const locale = useLocale();
  const sending = stage.kind === 'sending';
  // Nothing is left to be asked of an option that has ended; a question whose answer was lost is still asked again.
  const over = stage.kind === 'asking' && !stage.lost && line.state !== 'placed';
  const { lot, prospect, programme, rank, expiresAt, expiryFromKoban } = line;
  const end = formatShort(expiresAt, locale);
  return (
    <Dialog
      open={open}
      // While the change is being sent the window stays: its answer is what the partner waits for.
      onOpenChange={(next) => !next && !sending && onClose()}
      title={t(`${kind}.title`, { label: lot.label })}
      description={programme.label}
      closeLabel={t('close')}
      footer={
        <Footer
          {...{ over, kind, stage, onClose, onConfirm, onAgain, variant }}
          confirm={moved && rank !== null ? t(`${kind}.confirmRank`, { rank }) : t(`${kind}.confirm`)}
        />
      }
    >
      {stage.kind === 'asking' ? (
        <div className="grid gap-4">
          {stage.lost && (
            <Note tone="warn" live title={t('lostTitle')}>
              {t('lostText')}
            </Note>
          )}
          <ChangeGround line={line} moved={moved} />
          {!over && children}
          <KeyValues
            className="border-b-0 pb-0"
            items={[
              { name: t('prospect'), value: `${prospect.lastName} ${prospect.firstName}` },
              { name: t('rank'), value: rank ?? t('rankUnproven') },
              { name: t('end'), value: expiryFromKoban ? end : t('endComputed', { at: end }) },
            ]}
          />
        </div>
      ) : (
        <ChangeProgress kind={kind} stage={stage} />
      )}
    </Dialog>
  );
}

function Footer({
  over,
  stage,
  confirm,
  variant,
  onClose,
  onConfirm,
  onAgain,
}: {
  over: boolean;
  stage: ChangeStage;
  confirm: string;
  variant: ButtonVariant;
  onClose: () => void;
  onConfirm: () => void;
  onAgain: () => void;
}) {
  const t = useTranslations('options.change');
  if (over) return <Button onClick={onClose}>{t('close')}</Button>;
  switch (stage.kind) {
    case 'asking':
    case 'sending': {
      const sending = stage.kind === 'sending';
      return (
        <>
          <Button onClick={onClose} disabled={sending}>
            {t('giveUp')}
          </Button>
          {/* The very button that was pressed keeps the focus while Koban is asked. */}
          <Button variant={variant} pending={sending} pendingLabel={t('sending')} onClick={onConfirm}>
            {stage.kind === 'asking' && stage.lost ? t('lostAgain') : confirm}
          </Button>
        </>
      );
    }
    case 'signed-out':
      return (
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <LinkButton variant="primary" href={signInHref('/options')} prefetch={false}>
            {t('signIn')}
          </LinkButton>
        </>
      );
    case 'fault':
      return (
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button variant="primary" onClick={onAgain}>
            {t('again')}
          </Button>
        </>
      );
    case 'ended': {
      const { kind } = stage.outcome;
      return (
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          {(kind === 'refused' || kind === 'unsent') && (
            <Button variant="primary" onClick={onAgain}>
              {t('again')}
            </Button>
          )}
        </>
      );
    }
  }
}
