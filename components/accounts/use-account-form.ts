'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { unstable_rethrow } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useActionState, useState, useTransition } from 'react';
import { type FieldValues, type Path, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { faultCodes, fieldCodes } from '@/lib/accounts/schema';

/** What an action of the accounts answers, as far as a form cares. */
type Answer = {
  data?: { kind: string; until?: Date } | undefined;
  serverError?: string | undefined;
  validationErrors?: { fieldErrors?: Record<string, string[] | undefined> } | undefined;
};

type Posting<Given extends Answer> = (previous: Given, input: unknown) => Promise<Given>;

/**
 * A form of the accounts: the shared schema in the browser, the action on the server, codes turned into sentences. It posts
 * even before its script has come, and a lost connection leaves what was typed where it is.
 * @param idle the action's answer before any: `{}`
 */
export function useAccountForm<Values extends FieldValues, Output, Given extends Answer>(
  schema: z.ZodType<Output, Values>,
  action: Posting<Given>,
  idle: Awaited<Given>,
) {
  const t = useTranslations('accounts');
  const format = useFormatter();
  // Not on leaving a field: an error that appears under the pointer moves the button away from the click.
  const form = useForm({ resolver: zodResolver(schema), mode: 'onSubmit' });
  const [posted, post] = useActionState<Given, FormData>(action, idle);
  const [answered, setAnswered] = useState<Answer | null>(null);
  const [pending, start] = useTransition();
  const answer: Answer = answered ?? posted;

  const submit = form.handleSubmit((_, event) => {
    // The fields as the page holds them, hidden ones too: exactly what is posted without the script.
    const input = new FormData(event?.target as HTMLFormElement);
    start(async () => {
      const next = await ask(action, idle, input);
      setAnswered(next);
      for (const [name, codes] of Object.entries(next.validationErrors?.fieldErrors ?? {})) {
        form.setError(name as Path<Values>, { message: codes?.[0] }, { shouldFocus: true });
      }
    });
  });

  const fieldError = (name: Path<Values>): string | undefined => {
    const known = form.formState.errors[name]?.message ?? posted.validationErrors?.fieldErrors?.[name]?.[0];
    const code = fieldCodes.find((one) => one === known);
    return code && t(`fields.${code}`);
  };

  return {
    formProps: { action: post, onSubmit: submit, noValidate: true },
    register: form.register,
    reset: form.reset,
    field: (name: Path<Values>) => ({ ...form.register(name), error: fieldError(name) }),
    /** What is wrong with the whole form, as a sentence. */
    fault: faultSentence(),
    /** The action's answer when it went through. */
    done: answer.data?.kind,
    pending,
  };

  function faultSentence(): string | null {
    if (answer.data?.kind === 'slowed' && answer.data.until) {
      return t('faults.slowed', { at: format.dateTime(answer.data.until, 'clockSeconds') });
    }
    if (answer.data?.kind === 'refused') return t('faults.refused');
    if (!answer.serverError) return null;
    return t(`faults.${faultCodes.find((one) => one === answer.serverError) ?? 'unexpected'}`);
  }
}

async function ask<Given extends Answer>(
  action: Posting<Given>,
  idle: Awaited<Given>,
  input: FormData,
): Promise<Answer> {
  try {
    return await action(idle, input);
  } catch (fault) {
    // A redirect also comes as an exception.
    unstable_rethrow(fault);
    return { serverError: 'offline' };
  }
}
