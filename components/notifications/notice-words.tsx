import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { fr } from '@/lib/i18n/fr';

type Part = keyof (typeof fr)['notifications'];

/** Sends the browser these parts of the notifications' messages, and not the many sentences that the server writes. */
export async function NoticeWords({ of, children }: { of: readonly Part[]; children: ReactNode }) {
  const { notifications } = await getMessages();
  const parts = Object.fromEntries(of.map((part) => [part, notifications[part]]));
  return <NextIntlClientProvider messages={{ notifications: parts }}>{children}</NextIntlClientProvider>;
}
