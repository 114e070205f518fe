'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { KobanLimitNote } from '@/components/options/koban-limit-note';
import type { OptionLot } from '@/components/options/place-option-button';
import type { Granted, Stage } from '@/components/options/use-placing';
import { KeyValues } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Note } from '@/components/ui/note';
import { Skeleton } from '@/components/ui/skeleton';
import { formatShort, formatTime } from '@/lib/core/paris';
import { OPTIONS_PER_PROSPECT } from '@/lib/options/rules';

/** What Koban grants at this moment, and for whom; while it is asked, the places stay. */
export function OptionGrant({
  stage,
  lot,
  prospect,
  missing,
  onProspect,
}: {
  stage: Extract<Stage, { kind: 'checking' | 'granted' }>;
  lot: OptionLot;
  prospect: string | null;
  /** The confirmation was pressed and nobody was chosen. */
  missing: boolean;
  onProspect: (denonciationId: string | null) => void;
}) {
  const t = useTranslations('options.dialog');
  const granted = stage.kind === 'granted' ? stage.check : null;
  const nobody = granted?.prospects.length === 0;
  return (
    <div className="grid gap-4" aria-busy={stage.kind === 'checking'}>
      {stage.moved && (
        <Note tone="warn" live>
          {granted ? t('movedAsked', { rank: granted.rank }) : t('movedAsking')}
        </Note>
      )}
      {stage.kind === 'granted' && <Notices stage={stage} />}
      {nobody ? (
        <Note tone="info" live title={t('noProspect')}>
          {t('noProspectText', { programme: lot.programmeLabel ?? t('noProspectProgramme') })}
        </Note>
      ) : granted ? (
        <ProspectChoice
          granted={granted}
          prospect={prospect}
          missing={missing}
          held={stage.kind === 'granted' && (stage.sending || stage.lost)}
          onProspect={onProspect}
        />
      ) : (
        <div className="grid gap-1.5">
          <p className="font-[550] text-sm">{t('prospect')}</p>
          <Skeleton className="h-10 rounded-control max-sm:h-11" />
        </div>
      )}
      <Facts granted={granted} prospect={prospect} />
      {granted && <CabinetLimit {...granted.cabinet} />}
      {stage.kind === 'granted' && stage.sending && (
        <p role="status" className="text-ink-2 text-sm">
          {t('patience')}
        </p>
      )}
    </div>
  );
}

function Notices({ stage }: { stage: Extract<Stage, { kind: 'granted' }> }) {
  const t = useTranslations('options.dialog');
  const limits = useTranslations('options.limits');
  const locale = useLocale();
  const { check, changedFrom, lost } = stage;
  const { cabinet } = check;
  const b = (words: ReactNode) => <b>{words}</b>;
  const until = check.rank1Until && formatShort(check.rank1Until, locale);
  const rank2 =
    check.rank === 1 ? null : until ? t.rich('rank2', { until, b }) : t.rich('rank2NoDate', { b });
  return (
    <>
      {lost && (
        <Note tone="warn" live title={t('lostTitle')}>
          {t('lostText')}
        </Note>
      )}
      {changedFrom !== null && (
        <Note tone="warn" live title={t('changedTitle')}>
          <p>{t.rich('changed', { before: changedFrom, rank: check.rank, b })}</p>
          {rank2 !== null && <p className="mt-1">{rank2}</p>}
        </Note>
      )}
      {changedFrom === null && rank2 !== null && (
        <Note tone="warn" live>
          {rank2}
        </Note>
      )}
      {cabinet.most !== null && cabinet.count >= cabinet.most && (
        <Note tone="warn">{limits('reachedText')}</Note>
      )}
      <KobanLimitNote limit={check.koban} />
    </>
  );
}

function ProspectChoice({
  granted,
  prospect,
  missing,
  held,
  onProspect,
}: {
  granted: Granted;
  prospect: string | null;
  missing: boolean;
  /** The confirmation has left: it is for this prospect and no other. */
  held: boolean;
  onProspect: (denonciationId: string | null) => void;
}) {
  const t = useTranslations('options.dialog');
  const most = OPTIONS_PER_PROSPECT;
  const chosen = granted.prospects.find((one) => one.denonciationId === prospect);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (missing) box.current?.querySelector('input')?.focus();
  }, [missing]);
  return (
    <div ref={box}>
      <Combobox
        label={t('prospect')}
        placeholder={t('prospectPlaceholder')}
        empty={t('prospectEmpty')}
        clearLabel={t('prospectClear')}
        openLabel={t('prospectOpen')}
        error={missing ? t('prospectMissing') : undefined}
        hint={chosen ? t('limit', { count: chosen.liveOptions, most }) : undefined}
        disabled={held}
        required
        items={granted.prospects.map(({ denonciationId, lastName, firstName, email, liveOptions, full }) => ({
          value: denonciationId,
          label: `${lastName} ${firstName}`,
          detail: `${email} · ${full ? t('full', { most }) : t('limit', { count: liveOptions, most })}`,
          disabled: full,
        }))}
        value={prospect}
        onValueChange={onProspect}
      />
    </div>
  );
}

/** What the convention bounds, before it is met. */
function CabinetLimit({ count, most }: Granted['cabinet']) {
  const t = useTranslations('options.limits');
  if (most === null) return null;
  return <p className="text-ink-2 text-sm">{t('cabinet', { count, most })}</p>;
}

function Facts({ granted, prospect }: { granted: Granted | null; prospect: string | null }) {
  const t = useTranslations('options.dialog');
  const locale = useLocale();
  const chosen = granted?.prospects.find((one) => one.denonciationId === prospect);
  const waiting = <Skeleton className="my-[3px] h-[15px] w-28 rounded-md" />;
  return (
    <KeyValues
      className="border-b-0 pb-0"
      items={[
        ...(chosen
          ? [{ name: t('denonciation'), value: t('accepted', { at: formatShort(chosen.filedAt, locale) }) }]
          : []),
        { name: t('rank'), value: granted?.rank ?? waiting },
        {
          name: t('expiry'),
          value: granted ? t('expiryComputed', { at: formatShort(granted.expiresAt, locale) }) : waiting,
        },
        {
          name: t('seen'),
          value: granted ? t('seenAt', { at: formatTime(granted.seenAt, locale) }) : waiting,
        },
      ]}
    />
  );
}
