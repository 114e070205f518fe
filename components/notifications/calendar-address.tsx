'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { renewCalendarAction, revokeCalendarAction } from '@/lib/notifications/actions';

/** The private address of a person's calendar: made, made anew, taken away. It is shown once. */
export function CalendarAddress({ since }: { since: Date | null }) {
  const t = useTranslations('notifications.calendar');
  const format = useFormatter();
  const [address, setAddress] = useState<string | null>(null);
  const [said, setSaid] = useState<'revoked' | 'fault' | null>(null);
  const [pending, start] = useTransition();

  const renew = () =>
    start(async () => {
      const answer = await renewCalendarAction().catch(() => null);
      const path = answer?.data?.path;
      setAddress(path ? new URL(path, window.location.href).href : null);
      setSaid(path ? null : 'fault');
    });
  const revoke = () =>
    start(async () => {
      const answer = await revokeCalendarAction().catch(() => null);
      const done = answer && !answer.serverError;
      if (done) setAddress(null);
      setSaid(done ? 'revoked' : 'fault');
    });

  return (
    <div className="flex flex-col gap-3 p-4 sm:p-6">
      <p className="text-ink-2 text-sm">{t('text')}</p>
      {address === null ? (
        <p className="text-sm">{since ? t('since', { at: format.dateTime(since, 'dayLong') }) : t('none')}</p>
      ) : (
        <TextField
          label={t('address')}
          hint={t('once')}
          value={address}
          readOnly
          onFocus={(event) => event.target.select()}
        />
      )}
      <div className="flex flex-wrap gap-2.5">
        <Button variant="primary" pending={pending} onClick={renew}>
          {t(since === null ? 'create' : 'renew')}
        </Button>
        {since !== null && (
          <Button variant="caution" pending={pending} onClick={revoke}>
            {t('revoke')}
          </Button>
        )}
      </div>
      <p role="status" className="text-ink-2 text-sm empty:hidden">
        {said && t(said)}
      </p>
    </div>
  );
}
