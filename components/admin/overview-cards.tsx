import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { RefreshOnAct } from '@/components/denonciations/refresh-on-act';
import { RefreshWhileOpen } from '@/components/denonciations/refresh-while-open';
import { Card, CardHeader, KeyValues } from '@/components/ui/card';
import { dayText } from '@/components/ui/day-text';
import { Icon, type IconName } from '@/components/ui/icon';
import { KpiRow } from '@/components/ui/kpi-row';
import { Note } from '@/components/ui/note';
import { faultKey } from '@/lib/admin/rules';
import type { Overview } from '@/lib/admin/schema';
import { formatShort } from '@/lib/core/paris';

const families = ['libre', 'option', 'preresv', 'resv', 'bloque', 'acte', 'other'] as const;

/** The promoter's portal at a glance: its stock once it was read whole, what is under way, what waits, how its Koban is. */
export function OverviewCards({ overview }: { overview: Overview }) {
  const t = useTranslations('admin');
  const { stock, lots, acts } = overview;
  const { denonciations, options, reservations } = acts;
  const doubt = (count: number) => t('home.uncertain', { count });
  return (
    <div className="grid gap-5">
      <RefreshOnAct of={['denonciation', 'option', 'reservation']} />
      <RefreshWhileOpen everyMs={30_000} />
      {!overview.firstPull && (
        <section aria-label={t('home.stock')}>
          <h2 className="mb-2 text-lg">
            {t('home.stock')}{' '}
            <span className="font-normal text-ink-3 text-sm">{t('home.lots', { count: lots })}</span>
          </h2>
          <KpiRow
            items={families.map((family) => ({ label: t(`families.${family}`), value: stock[family] }))}
          />
        </section>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <Waiting overview={overview} />
        <Card>
          <CardHeader title={t('home.acts')} />
          <KeyValues
            className="border-t-0 border-b-0 px-4"
            items={[
              {
                name: t('home.denonciations'),
                value: (
                  <Lines
                    of={[
                      t('home.pending', { count: denonciations.pending }),
                      t('home.accepted', { count: denonciations.accepted }),
                      doubt(denonciations.uncertain),
                    ]}
                  />
                ),
              },
              {
                name: t('home.options'),
                value: (
                  <Lines
                    of={[
                      t('home.placed', { count: options.placed }),
                      t('home.pending', { count: options.pending }),
                      doubt(options.uncertain),
                    ]}
                  />
                ),
              },
              {
                name: t('home.reservations'),
                value: (
                  <Lines
                    of={[
                      t('home.drafts', { count: reservations.open }),
                      t('home.preresv', { count: reservations.preresv }),
                      doubt(reservations.uncertain),
                    ]}
                  />
                ),
              },
            ]}
          />
        </Card>
        <Health health={overview.health} />
      </div>
    </div>
  );
}

const Lines = ({ of }: { of: string[] }) => (
  <>
    {of.map((line) => (
      <span key={line} className="block font-normal">
        {line}
      </span>
    ))}
  </>
);

type Wait = { key: string; href: string; icon: IconName; urgent?: boolean; text: ReactNode };

function Waiting({ overview: { waiting } }: { overview: Overview }) {
  const t = useTranslations('admin.home');
  const locale = useLocale();
  const fresh = waiting.uncertain - waiting.uncertainLate;
  const uncertain = '/admin/incertains';
  const partners = '/admin/partenaires';
  const waits: Wait[] = [
    ...when(waiting.uncertainLate, (count) => ({
      ...{ key: 'late', href: uncertain, icon: 'question' as const, urgent: true },
      text: t('lateActs', { count }),
    })),
    ...when(fresh, (count) => ({
      ...{ key: 'fresh', href: uncertain, icon: 'clock' as const },
      text: t('freshActs', { count }),
    })),
    ...when(waiting.quarantined, (count) => ({
      ...{ key: 'held', href: '/admin/webhooks?state=quarantined', icon: 'warn' as const, urgent: true },
      text: t('quarantined', { count }),
    })),
    ...when(waiting.leads, (count) => ({
      ...{ key: 'leads', href: '/admin/leads?state=open', icon: 'info' as const },
      text: t('leads', { count }),
    })),
    ...waiting.ending.map(({ id, name, validUntil }) => ({
      ...{ key: id, href: `${partners}/${id}`, icon: 'clock' as const },
      text: t('ending', { name, day: dayText(validUntil, locale) }),
    })),
    ...when(waiting.invited, (count) => ({
      ...{ key: 'invited', href: partners, icon: 'info' as const },
      text: t('invited', { count }),
    })),
    ...when(waiting.cgp, (count) => ({
      ...{ key: 'cgp', href: partners, icon: 'clock' as const },
      text: t('cgp', { count }),
    })),
  ];
  return (
    <Card>
      <CardHeader title={t('waiting')} />
      {waits.length === 0 ? (
        <p className="px-4 py-5 text-ink-2">{t('nothing')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {waits.map(({ key, href, icon, urgent, text }) => (
            <li key={key}>
              <Link
                href={href}
                prefetch={false}
                className="flex min-h-11 items-center gap-2.5 px-4 py-2.5 no-underline hover:bg-sunk focus-visible:-outline-offset-2"
              >
                <span className={urgent ? 'text-accent' : 'text-ink-3'}>
                  <Icon name={icon} />
                </span>
                <span className={urgent ? 'font-semibold' : undefined}>{text}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const when = (count: number, make: (count: number) => Wait): Wait[] => (count > 0 ? [make(count)] : []);

function Health({ health }: { health: Overview['health'] }) {
  const t = useTranslations('admin.home');
  const locale = useLocale();
  const at = (instant: Date | null) => (instant ? formatShort(instant, locale) : t('never'));
  const troubled = health.late || health.breaker !== 'closed' || health.lastFault !== null;
  const { clock } = health;
  const heard = health.lastAnswerAt !== null || health.breaker !== 'closed';
  const seconds = Math.round(Math.abs(health.clockSkewMs ?? 0) / 1_000);
  const side = (health.clockSkewMs ?? 0) > 0 ? 'ahead' : 'behind';
  return (
    <Card>
      <CardHeader title={t('health')} />
      <div className="grid gap-3 px-4 pt-3">
        {health.keysRefused && (
          <Note tone="danger" title={t('keysRefusedTitle')}>
            {t('keysRefused')}
          </Note>
        )}
        {health.missingHosts.length > 0 && (
          <Note tone="warn">{t('missingHosts', { hosts: health.missingHosts.join(', ') })}</Note>
        )}
        <Note tone={troubled ? 'warn' : 'done'}>
          {t(health.seenAt === null ? 'unread' : health.late ? 'late' : 'fresh')}
        </Note>
        {clock === 'adrift' && <Note tone="warn">{t('clockAdrift')}</Note>}
      </div>
      <KeyValues
        className="border-t-0 border-b-0 px-4"
        items={[
          { name: t('seen'), value: at(health.seenAt) },
          { name: t('mirror'), value: t(`phase.${health.phase}`) },
          {
            name: t('fault'),
            value: health.lastFault ? t(`faults.${faultKey(health.lastFault)}`) : t('noFault'),
          },
          { name: t('lastWebhook'), value: at(health.lastWebhookAt) },
          ...(heard
            ? [
                { name: t('breaker'), value: t(`breakers.${health.breaker}`) },
                {
                  name: t('clock'),
                  value: t(clock === 'adrift' ? `clocks.${side}` : `clocks.${clock}`, { seconds }),
                },
                { name: t('lastAnswer'), value: at(health.lastAnswerAt) },
              ]
            : []),
        ]}
      />
      {!heard && <p className="px-4 pb-4 text-ink-3 text-sm">{t('unheard')}</p>}
    </Card>
  );
}
