'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import type { PersonAct } from '@/components/operator/people-table';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { peopleAction } from '@/lib/accounts/actions';
import { faultCodes } from '@/lib/accounts/schema';

const labels = {
  disable: 'disable',
  enable: 'enable',
  invite: 'invite',
  adviser: 'makeAdviser',
  manager: 'makeManager',
} as const satisfies Record<PersonAct, string>;

export function PersonActs({ id, name, acts }: { id: string; name: string; acts: readonly PersonAct[] }) {
  const t = useTranslations('operator.people');
  const faults = useTranslations('accounts.faults');
  const [answer, post, pending] = useActionState<Awaited<ReturnType<typeof peopleAction>>, FormData>(
    peopleAction,
    {},
  );
  return (
    <form action={post} className="flex flex-wrap items-center gap-2 lg:justify-end">
      <input type="hidden" name="id" value={id} />
      {acts.map((act) => (
        <Button
          key={act}
          type="submit"
          size="sm"
          name="act"
          value={act}
          variant={act === 'disable' ? 'caution' : 'secondary'}
          aria-label={t('of', { act: t(labels[act]), name })}
          pending={pending}
        >
          {t(labels[act])}
        </Button>
      ))}
      {answer.serverError && (
        <FieldError>
          {faults(faultCodes.find((one) => one === answer.serverError) ?? 'unexpected')}
        </FieldError>
      )}
    </form>
  );
}
