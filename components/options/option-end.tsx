import { useLocale, useTranslations } from 'next-intl';
import { exactEnd } from '@/components/options/exact-end';
import { Countdown } from '@/components/ui/countdown';
import { formatMinute, formatShort } from '@/lib/core/paris';
import type { OptionLine } from '@/lib/options/schema';

/** How long an option still holds, and until exactly when; for one in doubt, when Koban is asked next. */
export function OptionEnd({ line, now }: { line: OptionLine; now: Date }) {
  const t = useTranslations('options.list');
  const countdown = useTranslations('common.countdown');
  const locale = useLocale();
  const { state, expiresAt, placedAt, nextCheckAt } = line;
  switch (state) {
    case 'placed':
      return (
        <span title={line.expiryFromKoban ? undefined : t('computed')}>
          <Countdown
            until={expiresAt.getTime()}
            from={placedAt.getTime()}
            now={now.getTime()}
            exact={exactEnd(expiresAt, now, locale)}
            templates={{
              days: countdown('days', { days: '{days}', hours: '{hours}' }),
              hours: countdown('hours', { hours: '{hours}', minutes: '{minutes}' }),
              minutes: countdown('minutes', { minutes: '{minutes}' }),
              lastMinute: countdown('lastMinute'),
              // From the half hour on, until Koban says what became of it.
              over: t('over'),
            }}
          />
        </span>
      );
    case 'uncertain':
      return (
        <span className="text-ink-2 text-sm">
          {nextCheckAt === null || nextCheckAt <= now
            ? t('checking')
            : t('nextCheck', { at: formatMinute(nextCheckAt, locale) })}
        </span>
      );
    case 'expired':
    case 'cancelled':
    case 'used':
      return <span className="text-ink-3 text-sm">{formatShort(expiresAt, locale)}</span>;
    case 'pending':
    case 'refused':
    case 'unsent':
    case 'abandoned':
      return (
        <span className="text-ink-3 text-sm">{t('askedOn', { at: formatShort(placedAt, locale) })}</span>
      );
  }
}
