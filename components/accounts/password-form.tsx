'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { NewPasswordField } from '@/components/accounts/new-password-field';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { changePasswordAction } from '@/lib/accounts/actions';
import { changePasswordSchema } from '@/lib/accounts/schema';

export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('accounts.account');
  const { formProps, reset, field, fault, done, pending } = useAccountForm(
    changePasswordSchema,
    changePasswordAction,
    {},
  );
  const changed = done === 'done';
  useEffect(() => {
    if (changed) reset({ present: '', password: '' });
  }, [changed, reset]);
  return (
    <form {...formProps} className="flex max-w-md flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      {changed && (
        <Note tone="done" live>
          {t('changed')}
        </Note>
      )}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <TextField {...field('present')} label={t('present')} type="password" autoComplete="current-password" />
      <NewPasswordField {...field('password')} />
      <div>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={t('change')}>
          {t('change')}
        </Button>
      </div>
      <p className="text-ink-3 text-sm">{t('passwordNote')}</p>
    </form>
  );
}
