'use client';

import { Bell as BellIcon } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { ClosingPanel } from '@/components/layout/closing-panel';
import { NoticeLink } from '@/components/notifications/notice-link';
import { useBell } from '@/components/notifications/use-bell';
import { Skeleton } from '@/components/ui/skeleton';
import { useOpenPanel } from '@/components/ui/use-open-panel';
import { formatShort } from '@/lib/core/paris';

const panelId = 'notifications-panel';

/** How much is unread, and under it the latest. A native popover, as the account's. */
export function Bell() {
  const t = useTranslations('layout.bell');
  const { data, isError } = useBell();
  const unread = data?.unread ?? 0;
  // Drawn while it is open: what is told stands in no page that did not ask for it.
  const { open, panel } = useOpenPanel();
  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        aria-label={t('open', { count: unread })}
        className="relative grid size-11 flex-none place-items-center rounded-full text-ink-2 hover:bg-sunk hover:text-ink"
      >
        <BellIcon aria-hidden="true" className="size-5" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-1 right-0.5 min-w-5 rounded-full bg-accent px-1 text-center font-semibold text-[0.6875rem] text-brand-ink leading-5"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      <ClosingPanel
        id={panelId}
        {...panel}
        className="fixed inset-auto top-14 right-3 m-0 max-h-[80dvh] w-96 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-card border border-line-2 bg-card text-ink shadow-float sm:right-6"
      >
        {open && <Panel data={data} failed={isError} />}
      </ClosingPanel>
    </>
  );
}

type Told = ReturnType<typeof useBell>['data'];

function Panel({ data, failed }: { data: Told; failed: boolean }) {
  const t = useTranslations('layout.bell');
  return (
    <>
      <h2 className="border-line border-b px-4 py-3 text-base">{t('title')}</h2>
      {failed && !data && <p className="px-4 py-5 text-ink-2 text-sm">{t('fault')}</p>}
      {!data && !failed && (
        <div role="status" aria-label={t('loading')} className="grid gap-3 p-4">
          <Skeleton className="h-10 rounded" />
          <Skeleton className="h-10 rounded" />
        </div>
      )}
      {data?.latest.length === 0 && <p className="px-4 py-5 text-ink-2 text-sm">{t('none')}</p>}
      {data && data.latest.length > 0 && <Latest lines={data.latest} />}
      <Link
        href="/notifications"
        prefetch={false}
        className="block border-line border-t px-4 py-3 text-center font-semibold text-sm no-underline hover:bg-sunk"
      >
        {t('all')}
      </Link>
    </>
  );
}

function Latest({ lines }: { lines: NonNullable<Told>['latest'] }) {
  const locale = useLocale();
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.id} className="border-line border-t first:border-t-0">
          <NoticeLink
            id={line.id}
            href={line.href}
            unread={line.unread}
            className="block px-4 py-3 no-underline hover:bg-sunk"
          >
            <span className={line.unread ? 'block font-semibold' : 'block'}>{line.title}</span>
            <span className="block text-ink-2 text-sm">{line.text}</span>
            <time dateTime={line.at.toISOString()} className="block text-ink-3 text-xs">
              {formatShort(line.at, locale)}
            </time>
          </NoticeLink>
        </li>
      ))}
    </ul>
  );
}
