import { useLocale, useTranslations } from 'next-intl';
import { exactEnd } from '@/components/options/exact-end';
import { Countdown } from '@/components/ui/countdown';
import { formatMinute } from '@/lib/core/paris';

type Props = {
  expiresAt: Date;
  now: Date;
  /** Whether Koban named that end; computed here, it is told as such. */
  fromKoban: boolean;
  /** Since when, where a bar shows how much of it is gone. */
  from?: Date;
};

/** How long an option still holds, and until exactly when. */
export function OptionCountdown({ expiresAt, from, now, fromKoban }: Props) {
  const t = useTranslations('options.list');
  const countdown = useTranslations('common.countdown');
  const locale = useLocale();
  return (
    <>
      <Countdown
        until={expiresAt.getTime()}
        from={from?.getTime()}
        now={now.getTime()}
        exact={exactEnd(expiresAt, now, locale)}
        // Its date lies in the half hour before: from there on Koban may let it go at the next full or half hour.
        late={{ minutes: 30, exact: t('atLatest', { at: formatMinute(expiresAt, locale) }) }}
        templates={{
          days: countdown('days', { days: '{days}', hours: '{hours}' }),
          hours: countdown('hours', { hours: '{hours}', minutes: '{minutes}' }),
          minutes: countdown('minutes', { minutes: '{minutes}' }),
          lastMinute: countdown('lastMinute'),
          // From the half hour on, until Koban says what became of it.
          over: t('over'),
        }}
      />
      {!fromKoban && <span className="block text-ink-3 text-xs">{t('computed')}</span>}
    </>
  );
}
