import { getTranslations } from 'next-intl/server';

/** The sentences of a countdown with their places left open, for the browser to fill as time passes. */
export async function countdownTemplates() {
  const t = await getTranslations('common.countdown');
  return {
    days: t('days', { days: '{days}', hours: '{hours}' }),
    hours: t('hours', { hours: '{hours}', minutes: '{minutes}' }),
    minutes: t('minutes', { minutes: '{minutes}' }),
    lastMinute: t('lastMinute'),
    over: t('over'),
  };
}
