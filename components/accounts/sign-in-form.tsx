'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { signInAction } from '@/lib/accounts/actions';
import { signInSchema } from '@/lib/accounts/schema';

export function SignInForm({ suite }: { suite: string }) {
  const t = useTranslations('accounts.signIn');
  const { formProps, field, fault, pending } = useAccountForm(signInSchema, signInAction, {});
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <input type="hidden" name="suite" value={suite} />
      <TextField {...field('email')} label={t('email')} type="email" autoComplete="username" autoFocus />
      <TextField
        {...field('password')}
        label={t('password')}
        type="password"
        autoComplete="current-password"
      />
      <Button type="submit" variant="primary" size="lg" full pending={pending} pendingLabel={t('pending')}>
        {t('submit')}
      </Button>
      <Link href="/mot-de-passe-oublie" className="self-center py-1 text-brand text-sm underline">
        {t('forgotten')}
      </Link>
    </form>
  );
}
