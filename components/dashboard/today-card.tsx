import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { denonciationHref } from '@/components/denonciations/links';
import { OptionCountdown } from '@/components/options/option-countdown';
import { lotHref } from '@/components/stock/links';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon, type IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import { formatShort } from '@/lib/core/paris';
import type {
  ExpiringOption,
  Listed,
  LostDenonciation,
  MovedRank,
  Today,
  UncertainAct,
} from '@/lib/dashboard/schema';

/** What needs this person today: options near their end, acts in doubt, refusals, ranks that moved. */
export function TodayCard({ today, now }: { today: Today; now: Date }) {
  const t = useTranslations('dashboard.today');
  const { expiring, uncertain, lost, moved } = today;
  const count = expiring.total + uncertain.total + lost.total + moved.total;
  return (
    <Card aria-label={t('title')}>
      <CardHeader title={t('title')} aside={count > 0 && <b>{count}</b>} />
      {count === 0 ? (
        <Nothing />
      ) : (
        <ul>
          {uncertain.lines.map((act) => (
            <Uncertain key={act.id} act={act} />
          ))}
          <More list={uncertain} of="uncertain" />
          {expiring.lines.map((option) => (
            <Expiring key={option.id} option={option} now={now} />
          ))}
          <More list={expiring} of="expiring" href="/options?state=live" />
          {moved.lines.map((option) => (
            <Moved key={option.id} option={option} />
          ))}
          <More list={moved} of="moved" href="/options?state=live" />
          {lost.lines.map((one) => (
            <Lost key={one.id} one={one} />
          ))}
          <More list={lost} of="lost" href="/denonciations" />
        </ul>
      )}
    </Card>
  );
}

function Row({
  tone,
  icon,
  label,
  href,
  what,
  who,
  children,
}: {
  tone: Tone;
  icon: IconName;
  label: string;
  href: string;
  what: string;
  who: string;
  children: ReactNode;
}) {
  return (
    <li className="grid gap-x-5 gap-y-1 border-line border-t px-4 py-3 first:border-t-0 sm:grid-cols-[13rem_minmax(0,1fr)_auto] sm:items-center">
      <Badge tone={tone} icon={icon} label={label} />
      <span className="min-w-0">
        <Link
          href={href}
          prefetch={false}
          className="inline-block py-0.5 font-semibold no-underline hover:underline"
        >
          {what}
        </Link>
        <span className="block text-ink-2 text-sm">{who}</span>
      </span>
      <span className="text-ink-2 text-sm sm:text-right">{children}</span>
    </li>
  );
}

/** How many lines of a list are not shown, and the page that has them; acts in doubt of every kind have none of their own. */
function More({
  list: { lines, total },
  of,
  href,
}: {
  list: Listed<unknown>;
  of: keyof Today;
  href?: string;
}) {
  const t = useTranslations('dashboard.today');
  const count = total - lines.length;
  if (count <= 0) return null;
  const text = t(`more.${of}`, { count });
  return (
    <li className="border-line border-t px-4 py-2.5 text-ink-2 text-sm">
      {href === undefined ? (
        text
      ) : (
        <Link href={href} prefetch={false} className="inline-block py-0.5">
          {text}
        </Link>
      )}
    </li>
  );
}

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ');

function Expiring({ option, now }: { option: ExpiringOption; now: Date }) {
  const t = useTranslations('dashboard.today');
  const list = useTranslations('options.list');
  const { promoter, extcode, lot, prospect, programme, rank, expiresAt, expiryFromKoban } = option;
  return (
    <Row
      tone="option"
      icon="clock"
      label={t('expiring')}
      href={lotHref(promoter, extcode)}
      what={t('lot', { label: lot })}
      who={joined(prospect, programme, list('rankBadge', { rank: rank ?? 0 }))}
    >
      <OptionCountdown expiresAt={expiresAt} now={now} fromKoban={expiryFromKoban} />
    </Row>
  );
}

function Uncertain({ act }: { act: UncertainAct }) {
  const t = useTranslations('dashboard.today');
  const { act: kind, subject, promoter, extcode, lot, prospect, programme } = act;
  const name = t(`acts.${kind}`);
  return (
    <Row
      tone="option"
      icon="question"
      label={t('uncertain')}
      href={hrefOf()}
      what={lot === null ? name : joined(name, t('lot', { label: lot }))}
      who={joined(prospect, programme)}
    >
      {t('uncertainText')}
    </Row>
  );

  function hrefOf(): string {
    if (kind === 'denonciation' && subject !== null) return denonciationHref(subject);
    if (kind === 'reservation' && subject !== null) return `/reservations/${subject}`;
    return extcode === null ? '/options' : lotHref(promoter, extcode);
  }
}

function Lost({ one }: { one: LostDenonciation }) {
  const t = useTranslations('dashboard.today');
  const locale = useLocale();
  const refused = one.state === 'refused';
  return (
    <Row
      tone={refused ? 'accent' : 'bloque'}
      icon={refused ? 'cross' : 'broken'}
      label={t(refused ? 'refused' : 'unsent')}
      href={denonciationHref(one.id)}
      what={one.prospect}
      who={one.programme}
    >
      {t('refusedOn', { at: formatShort(one.at, locale) })}
    </Row>
  );
}

function Moved({ option }: { option: MovedRank }) {
  const t = useTranslations('dashboard.today');
  const locale = useLocale();
  const { promoter, extcode, lot, prospect, programme, rank, at } = option;
  return (
    <Row
      tone="preresv"
      icon="chevron"
      label={t('rankMoved')}
      href={lotHref(promoter, extcode)}
      what={t('lot', { label: lot })}
      who={joined(prospect, programme)}
    >
      {t('rankText', { rank: rank ?? 0, at: formatShort(at, locale) })}
    </Row>
  );
}

function Nothing() {
  const t = useTranslations('dashboard.today');
  return (
    <EmptyState
      icon={<Icon name="check" />}
      title={t('empty')}
      action={
        <>
          <LinkButton variant="primary" href="/denonciations/nouvelle">
            {t('denounce')}
          </LinkButton>
          <LinkButton href="/programmes">{t('programmes')}</LinkButton>
        </>
      }
      className="py-8"
    >
      {t('emptyText')}
    </EmptyState>
  );
}
