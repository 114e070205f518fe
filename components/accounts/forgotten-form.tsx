'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { requestResetAction } from '@/lib/accounts/actions';
import { forgottenSchema } from '@/lib/accounts/schema';

export function ForgottenForm() {
  const t = useTranslations('accounts');
  const { formProps, field, fault, done, pending } = useAccountForm(forgottenSchema, requestResetAction, {});
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      {done && (
        <Note tone="info" title={t('forgotten.sent')} live>
          {t('forgotten.sentHint')}
        </Note>
      )}
      <TextField
        {...field('email')}
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        autoFocus
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        full
        pending={pending}
        pendingLabel={t('forgotten.pending')}
      >
        {t('forgotten.submit')}
      </Button>
      <Link href="/connexion" className="self-center py-1 text-brand text-sm underline">
        {t('forgotten.back')}
      </Link>
    </form>
  );
}
