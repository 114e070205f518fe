import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { denonciationHref } from '@/components/denonciations/links';
import { OptionActs } from '@/components/options/option-acts';
import { OptionBadge } from '@/components/options/option-badge';
import { OptionEnd } from '@/components/options/option-end';
import { OptionWhy } from '@/components/options/option-why';
import { useShutWords } from '@/components/options/shut-words';
import { lotHref } from '@/components/stock/links';
import { formatMinute } from '@/lib/core/paris';
import { OPTIONS_PER_PROSPECT } from '@/lib/options/rules';
import type { OptionLine } from '@/lib/options/schema';

/** One option: its lot, its prospect, its rank, its end; and when it is no option, why. */
export function OptionRow({
  line,
  withAdviser,
  withActs = true,
  now,
  className,
}: {
  line: OptionLine;
  withAdviser: boolean;
  /** Whether the option may be prolonged and cancelled from here. */
  withActs?: boolean;
  now: Date;
  className: string;
}) {
  const t = useTranslations('options.list');
  const limits = useTranslations('options.limits');
  const locale = useLocale();
  const { id, state, rank, lot, programme, prospect, denonciationId, placedBy, change, shut } = line;
  const words = useShutWords();
  const shutText = useTranslations('options.shut');
  const actable = state === 'placed' && change === null && line.expiresAt > now;
  const live = state === 'placed' || state === 'pending' || state === 'uncertain';
  const name = `${prospect.lastName} ${prospect.firstName}`;
  return (
    <tr data-option={id} data-lot={lot.extcode} className={className}>
      <td className="max-sm:truncate">
        <Link
          href={lotHref(programme.promoter, lot.extcode)}
          prefetch={false}
          className="inline-block py-0.5 font-semibold no-underline hover:underline max-sm:py-1"
        >
          {lot.label}
        </Link>
        <span className="block text-ink-3 text-xs max-sm:ml-2 max-sm:inline">{programme.label}</span>
      </td>
      <td className="max-sm:order-2 max-sm:col-span-2 max-sm:truncate max-sm:text-sm">
        <Link
          href={denonciationHref(denonciationId)}
          prefetch={false}
          className="inline-block py-0.5 no-underline hover:underline max-sm:py-1"
        >
          {name}
        </Link>
        {withAdviser && <span className="text-ink-3 sm:hidden"> · {placedBy}</span>}
        {live && (
          <span className="block text-ink-3 text-xs">
            {limits('prospect', { count: line.prospectOptions, most: OPTIONS_PER_PROSPECT })}
          </span>
        )}
      </td>
      {withAdviser && <td className="max-sm:hidden">{placedBy}</td>}
      <td className="max-sm:order-1 max-sm:justify-self-end">
        <OptionBadge
          option={line}
          detail={
            rank !== null && (state === 'uncertain' || state === 'pending') ? (
              <span className="max-sm:hidden">{t('asked', { rank })}</span>
            ) : undefined
          }
        />
        <span className="max-w-md max-sm:hidden sm:block">
          <OptionWhy line={line} />
        </span>
      </td>
      <td className="max-sm:order-3 max-sm:col-span-2">
        <OptionEnd line={line} now={now} />
        {change?.state === 'open' && (
          <span className="block text-ink-2 text-sm">{t(`changing.${change.kind}`)}</span>
        )}
        {change?.state === 'uncertain' && change.nextCheckAt && (
          <span className="block text-ink-2 text-sm">
            {change.nextCheckAt <= now
              ? t('checking')
              : t('nextCheck', { at: formatMinute(change.nextCheckAt, locale) })}
          </span>
        )}
        <span className="sm:hidden">
          <OptionWhy line={line} />
        </span>
      </td>
      {withActs && (
        <td className="max-sm:order-4 max-sm:col-span-2 max-sm:empty:hidden">
          <OptionActs line={line} allowed={actable && shut === null} />
          {actable && shut && (
            <span className="block max-w-sm text-ink-2 text-sm sm:ml-auto">
              {shutText('row', { why: words(shut, programme.promoterName) })}
            </span>
          )}
        </td>
      )}
    </tr>
  );
}
