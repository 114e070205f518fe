'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { faultCodes } from '@/lib/accounts/schema';

/** What an action answers, as far as a screen cares. */
type Answer<Data> = {
  data?: Data | undefined;
  serverError?: string | undefined;
  validationErrors?: { fieldErrors?: Record<string, string[] | undefined> } | undefined;
};

/**
 * Does one act of the promoter's side, and draws the page anew when it is done. A refusal or a lost connection becomes a sentence,
 * and leaves what was typed where it is.
 */
export function useAct() {
  const router = useRouter();
  const faults = useTranslations('accounts.faults');
  const [pending, start] = useTransition();
  const [fault, setFault] = useState<string | null>(null);

  function run<Data>(
    act: () => Promise<Answer<Data>>,
    on: { done?: (data: Data) => void; invalid?: (field: string, code: string) => void } = {},
  ) {
    setFault(null);
    start(async () => {
      const answer = await act().catch((): Answer<Data> => ({ serverError: 'offline' }));
      if (answer.serverError !== undefined) {
        setFault(faults(faultCodes.find((code) => code === answer.serverError) ?? 'unexpected'));
      } else if (answer.validationErrors) {
        for (const [field, codes] of Object.entries(answer.validationErrors.fieldErrors ?? {}))
          on.invalid?.(field, codes?.[0] ?? '');
      } else if (answer.data !== undefined) {
        on.done?.(answer.data);
        router.refresh();
      }
    });
  }

  return { run, pending, fault };
}
