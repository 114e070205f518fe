import { Bell } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { MarkReadButton } from '@/components/notifications/mark-read-button';
import { NoticeLink } from '@/components/notifications/notice-link';
import { LinkButton } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Pager } from '@/components/ui/pager';
import { formatShort } from '@/lib/core/paris';
import type { NoticeLine, NoticePage } from '@/lib/notifications/schema';

/** Everything that a person was told, latest first. */
export function NoticeList({ found }: { found: NoticePage }) {
  const t = useTranslations('notifications');
  const pager = useTranslations('acts.list');
  const { lines, unread, page, pages } = found;
  if (lines.length === 0) return <Nothing />;
  return (
    <Card>
      <CardHeader
        title={t('list.count', { count: unread })}
        aside={unread > 0 && <MarkReadButton id={null} label={t('list.markAll')} />}
      />
      <ul>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <Pager
        page={page}
        pages={pages}
        hrefOf={(to) => `/notifications?page=${to}`}
        label={pager('pages')}
        place={pager('place', { page, pages })}
        previous={pager('previous')}
        next={pager('next')}
      />
    </Card>
  );
}

function Line({ line }: { line: NoticeLine }) {
  const t = useTranslations('notifications.list');
  const locale = useLocale();
  const { id, title, text, href, at, unread } = line;
  return (
    <li
      data-unread={unread || undefined}
      className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-t px-4 py-3 first:border-t-0"
    >
      <div className="min-w-0 flex-[1_1_18rem]">
        <NoticeLink
          id={id}
          href={href}
          unread={unread}
          className="inline-block py-0.5 no-underline hover:underline"
        >
          <span className={unread ? 'font-semibold' : undefined}>{title}</span>
        </NoticeLink>
        <p className="text-ink-2 text-sm">{text}</p>
      </div>
      <div className="flex items-center gap-3 text-ink-3 text-sm">
        {unread && (
          <span className="inline-flex items-center gap-1 font-semibold text-accent">
            <Icon name="dot" />
            {t('unread')}
          </span>
        )}
        <time dateTime={at.toISOString()}>{formatShort(at, locale)}</time>
        {unread && (
          <MarkReadButton id={id} variant="ghost" label={t('markOne')} name={`${t('markOne')} · ${title}`} />
        )}
      </div>
    </li>
  );
}

function Nothing() {
  const t = useTranslations('notifications.list');
  return (
    <Card>
      <EmptyState
        icon={<Bell />}
        title={t('emptyTitle')}
        action={
          <>
            <LinkButton variant="primary" href="/programmes">
              {t('programmes')}
            </LinkButton>
            <LinkButton href="/compte">{t('settings')}</LinkButton>
          </>
        }
      >
        {t('emptyText')}
      </EmptyState>
    </Card>
  );
}
