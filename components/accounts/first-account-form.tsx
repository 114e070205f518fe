'use client';

import { useTranslations } from 'next-intl';
import { NewPasswordField } from '@/components/accounts/new-password-field';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { createFirstAccountAction } from '@/lib/accounts/actions';
import { firstAccountSchema, firstStaffSchema } from '@/lib/accounts/schema';

/** `staff`: of a promoter, whose name is asked for too; else of the operator. */
export function FirstAccountForm({ secret, staff }: { secret: string; staff: boolean }) {
  const t = useTranslations('accounts');
  const { formProps, register, field, fault, pending } = useAccountForm(
    staff ? firstStaffSchema : firstAccountSchema,
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
      {staff && (
        <TextField
          {...field('firm')}
          label={t('first.firm')}
          hint={t('first.firmHint')}
          autoComplete="organization"
          autoFocus
        />
      )}
      <TextField {...field('name')} label={t('first.name')} autoComplete="name" autoFocus={!staff} />
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
