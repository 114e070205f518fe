import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/layout/page-header';
import { MailBody } from '@/components/operator/mail-body';
import { mailboxMessage } from '@/lib/mail/loaders';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operator.title'))('message') };
}

export default async function MessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [message, t] = await Promise.all([mailboxMessage(id), getTranslations('operator')]);
  if (!message) notFound();
  return (
    <>
      <PageHeader
        title={message.subject}
        crumbs={[{ label: t('mailbox.back'), href: '/operateur/courrier' }, { label: message.subject }]}
        lede={message.recipient}
      />
      <MailBody html={message.html} text={message.text} />
    </>
  );
}
