import { useLocale, useTranslations } from 'next-intl';
import { OptionCountdown } from '@/components/options/option-countdown';
import { formatMinute, formatShort } from '@/lib/core/paris';
import type { OptionLine } from '@/lib/options/schema';

/** How long an option still holds, and until exactly when; for one in doubt, when Koban is asked next. */
export function OptionEnd({ line, now }: { line: OptionLine; now: Date }) {
  const t = useTranslations('options.list');
  const locale = useLocale();
  const { state, expiresAt, placedAt, nextCheckAt } = line;
  switch (state) {
    case 'placed':
      return (
        <span>
          <OptionCountdown expiresAt={expiresAt} from={placedAt} now={now} fromKoban={line.expiryFromKoban} />
          {line.prolongedTo !== null && <span className="text-ink-3 text-sm">{t('prolonged')}</span>}
          {expiresAt <= now && <span className="block text-ink-2 text-sm">{t('awaiting')}</span>}
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
      return (
        <span className="text-ink-3 text-sm">
          {t('endedOn', {
            at: formatShort(state === 'expired' ? expiresAt : (line.endedAt ?? expiresAt), locale),
          })}
        </span>
      );
    case 'pending':
    case 'refused':
    case 'unsent':
    case 'abandoned':
      return (
        <span className="text-ink-3 text-sm">{t('askedOn', { at: formatShort(placedAt, locale) })}</span>
      );
  }
}
