import { Mail } from 'lucide-react';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';

type State = 'queued' | 'sent' | 'kept' | 'failed' | 'dropped';

export type MailboxMessage = {
  id: string;
  recipient: string;
  subject: string;
  state: State;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
};

const looks: Record<State, { tone: Tone; icon: IconName }> = {
  queued: { tone: 'option', icon: 'clock' },
  sent: { tone: 'libre', icon: 'check' },
  kept: { tone: 'preresv', icon: 'bookmark' },
  dropped: { tone: 'preresv', icon: 'clock' },
  failed: { tone: 'accent', icon: 'cross' },
};

/** Messages, newest first; on a phone a message is two lines. */
export async function Mailbox({ messages }: { messages: readonly MailboxMessage[] }) {
  const [t, format] = await Promise.all([getTranslations('operator.mailbox'), getFormatter()]);
  if (messages.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Mail />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <ul className="divide-y divide-line">
        {messages.map(({ id, recipient, subject, state, attempts, lastError, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3">
            <div className="min-w-0 flex-[1_1_18rem]">
              <Link
                href={`/operateur/courrier/${id}`}
                aria-label={t('open', { subject })}
                className="font-semibold underline-offset-2 hover:underline"
              >
                {subject}
              </Link>
              <p className="break-all text-ink-2 text-sm">{recipient}</p>
            </div>
            <Badge
              {...looks[state]}
              label={t(`states.${state}`)}
              detail={lastError && `${t('attempts', { count: attempts })} · ${lastError}`}
            />
            <time dateTime={createdAt.toISOString()} className="text-ink-3 text-sm">
              {format.dateTime(createdAt, 'dayClock')}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}
