'use client';

import { useTranslations } from 'next-intl';
import { NewPasswordField } from '@/components/accounts/new-password-field';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { choosePasswordAction } from '@/lib/accounts/actions';
import { choosePasswordSchema } from '@/lib/accounts/schema';

/** `email` is there for the browser's own password keeper. */
export function ChoosePasswordForm(link: { purpose: 'invitation' | 'reset'; secret: string; email: string }) {
  const t = useTranslations('accounts.choose');
  const { formProps, register, field, fault, pending } = useAccountForm(
    choosePasswordSchema,
    choosePasswordAction,
    {},
  );
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <input type="hidden" {...register('purpose')} value={link.purpose} />
      <input type="hidden" {...register('secret')} value={link.secret} />
      <input type="text" autoComplete="username" value={link.email} readOnly hidden />
      <NewPasswordField {...field('password')} autoFocus />
      <Button type="submit" variant="primary" size="lg" full pending={pending} pendingLabel={t('pending')}>
        {t('submit')}
      </Button>
    </form>
  );
}
