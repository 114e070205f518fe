import { useLocale, useTranslations } from 'next-intl';
import { CopyButton } from '@/components/admin/copy-button';
import { SecretAct } from '@/components/admin/secret-act';
import { WebhookSecret } from '@/components/admin/webhook-secret';
import { Card, CardHeader } from '@/components/ui/card';
import { Note } from '@/components/ui/note';
import { formatShort } from '@/lib/core/paris';
import type { WebhookAddresses } from '@/lib/webhooks/schema';

/** What the promoter's Koban administrator copies into Koban: an address for each event, and the secret. */
export function WebhookSettings({ settings }: { settings: WebhookAddresses }) {
  const t = useTranslations('admin.webhooks');
  const locale = useLocale();
  const { addresses, secret, oldUntil } = settings;
  return (
    <Card>
      <CardHeader title={t('settings')} />
      <div className="grid gap-4 p-4 sm:p-6">
        <p className="max-w-3xl text-ink-2">{t('settingsText')}</p>
        <dl className="divide-y divide-line border-line border-y text-sm">
          {addresses.map(({ event, url }) => (
            <div key={event} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <dt className="basis-44 font-semibold max-sm:basis-full">{t(`events.${event}`)}</dt>
              <dd className="min-w-0 flex-1 break-all">{url}</dd>
              <dd>
                <CopyButton text={url} name={t(`events.${event}`)} />
              </dd>
            </div>
          ))}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <dt className="basis-44 font-semibold max-sm:basis-full">{t('secret')}</dt>
            <dd className="min-w-0 flex-1 break-all">
              <WebhookSecret secret={secret} />
            </dd>
            <dd>
              <CopyButton text={secret} name={t('secret')} />
            </dd>
          </div>
        </dl>
        {oldUntil && <Note>{t('oldUntil', { at: formatShort(oldUntil, locale) })}</Note>}
        <div className="flex flex-wrap gap-3">
          <SecretAct act="rotate" />
          {oldUntil && <SecretAct act="endOld" />}
        </div>
      </div>
    </Card>
  );
}
