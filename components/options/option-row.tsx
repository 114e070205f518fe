import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { denonciationHref } from '@/components/denonciations/links';
import { OptionBadge } from '@/components/options/option-badge';
import { OptionEnd } from '@/components/options/option-end';
import { OptionWhy } from '@/components/options/option-why';
import { lotHref, reserveHref } from '@/components/stock/links';
import { LinkButton } from '@/components/ui/button';
import type { OptionLine } from '@/lib/options/schema';

/** One option: its lot, its prospect, its rank, its end; and when it is no option, why. */
export function OptionRow({
  line,
  withAdviser,
  now,
  className,
}: {
  line: OptionLine;
  withAdviser: boolean;
  now: Date;
  className: string;
}) {
  const t = useTranslations('options.list');
  const { id, state, rank, lot, programme, prospect, denonciationId, placedBy } = line;
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
      </td>
      {withAdviser && <td className="max-sm:hidden">{placedBy}</td>}
      <td className="max-sm:order-1 max-sm:justify-self-end">
        <OptionBadge
          option={line}
          detail={
            state === 'uncertain' || state === 'pending' ? (
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
        {state === 'placed' && (
          <LinkButton
            size="sm"
            className="mt-1.5"
            href={reserveHref(programme.promoter, lot.extcode, id)}
            prefetch={false}
          >
            {t('reserve')}
          </LinkButton>
        )}
        <span className="sm:hidden">
          <OptionWhy line={line} />
        </span>
      </td>
    </tr>
  );
}
