import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DisplayChoices } from '@/components/accounts/display-choices';
import { PasswordForm } from '@/components/accounts/password-form';
import { ProfileForm } from '@/components/accounts/profile-form';
import { PageHeader } from '@/components/layout/page-header';
import { NoticeSettings } from '@/components/notifications/notice-settings';
import { Card, CardHeader } from '@/components/ui/card';
import { signedInPerson } from '@/lib/accounts/loaders';
import { loadNoticeSettings } from '@/lib/notifications/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts.title'))('account') };
}

export default async function AccountPage() {
  const [person, t] = await Promise.all([signedInPerson(), getTranslations('accounts')]);
  const partner = person.role === 'adviser' || person.role === 'manager';
  const lede = [person.firm, t(`role.${person.role}`)].filter(Boolean).join(' · ');
  return (
    <>
      <PageHeader title={t('title.account')} lede={lede} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader title={t('account.profile')} />
          <div className="p-4 sm:p-6">
            <ProfileForm name={person.name} email={person.email} />
          </div>
        </Card>
        <Card>
          <CardHeader title={t('account.password')} />
          <div className="p-4 sm:p-6">
            <PasswordForm email={person.email} />
            <p className="mt-2 text-ink-3 text-sm">{t('account.sessions')}</p>
          </div>
        </Card>
        <Card>
          <CardHeader title={t('account.display')} />
          <div className="p-4 sm:p-6">
            <DisplayChoices />
          </div>
        </Card>
        {partner && <NoticeSettings settings={await loadNoticeSettings()} />}
      </div>
    </>
  );
}
