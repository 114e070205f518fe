'use client';

import { MessagePage } from '@/components/layout/message-page';
import { Button } from '@/components/ui/button';
import en from '@/messages/en/errors.json';
import fr from '@/messages/fr/errors.json';

export interface Fault {
  error: Error & { digest?: string };
  retry: () => void;
}

/** Says that a page broke. It carries its own words, since whatever gives words to other pages may be what broke. */
export function FaultPage({ error, retry }: Fault) {
  const words = typeof document !== 'undefined' && document.documentElement.lang === 'en' ? en : fr;
  return (
    <MessagePage
      title={words.errorTitle}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            {words.retry}
          </Button>
          {/* A whole load, not a client navigation: the page's own scripts may be what broke. */}
          <a
            href="/"
            className="inline-flex min-h-10 items-center px-3.5 font-semibold text-[0.875rem] underline"
          >
            {words.home}
          </a>
        </>
      }
    >
      <p>{words.errorText}</p>
      {error.digest !== undefined && (
        <p className="mt-2 text-ink-3 text-sm">
          {words.reference} <code>{error.digest}</code>
        </p>
      )}
    </MessagePage>
  );
}
