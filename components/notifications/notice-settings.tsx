import { getTranslations } from 'next-intl/server';
import { CalendarAddress } from '@/components/notifications/calendar-address';
import { NoticeChoices } from '@/components/notifications/notice-choices';
import { NoticeWords } from '@/components/notifications/notice-words';
import { PushSwitch } from '@/components/notifications/push-switch';
import { Card, CardHeader } from '@/components/ui/card';
import type { NoticeSettings as Settings } from '@/lib/notifications/schema';

/** « Notifications » and « Calendrier » on the account's page. */
export async function NoticeSettings({ settings }: { settings: Settings }) {
  const [t, calendar] = await Promise.all([
    getTranslations('notifications.settings'),
    getTranslations('notifications.calendar'),
  ]);
  return (
    <NoticeWords of={['settings', 'push', 'calendar']}>
      <Card aria-label={t('title')}>
        <CardHeader title={t('title')} />
        <NoticeChoices settings={settings} />
        <PushSwitch pushKey={settings.pushKey} />
      </Card>
      <Card aria-label={calendar('title')}>
        <CardHeader title={calendar('title')} />
        <CalendarAddress since={settings.calendarSince} />
      </Card>
    </NoticeWords>
  );
}
