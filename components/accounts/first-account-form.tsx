'use client';

import { useTranslations } from 'next-intl';
import { NewPasswordField } from '@/components/accounts/new-password-field';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { createFirstAccountAction } from '@/lib/accounts/actions';
import { firstAccountSchema } from '@/lib/accounts/schema';

export function FirstAccountForm({ secret }: { secret: string }) {
  const t = useTranslations('accounts');
  const { formProps, register, field, fault, pending } = useAccountForm(
    firstAccountSchema,
    createFirstAccountAction,
    {},
  );
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <input type="hidden" {...register('secret')} value={secret} />
      <TextField {...field('name')} label={t('first.name')} autoComplete="name" autoFocus />
      <TextField {...field('email')} label={t('signIn.email')} type="email" autoComplete="username" />
      <NewPasswordField {...field('password')} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        full
        pending={pending}
        pendingLabel={t('first.pending')}
      >
        {t('first.submit')}
      </Button>
    </form>
  );
}
