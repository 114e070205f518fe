import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { Mailbox } from '@/components/operator/mailbox';
import { Note } from '@/components/ui/note';
import { mailbox } from '@/lib/mail/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operator.title'))('mailbox') };
}

export default async function MailboxPage() {
  const [{ sending, messages }, t] = await Promise.all([mailbox(), getTranslations('operator')]);
  return (
    <>
      <PageHeader title={t('title.mailbox')} />
      <Note tone={sending ? 'info' : 'warn'} className="mb-5">
        {t(sending ? 'mailbox.sending' : 'mailbox.kept')}
      </Note>
      <Mailbox messages={messages} />
    </>
  );
}
