'use client';

import { useTranslations } from 'next-intl';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { renameAction } from '@/lib/accounts/actions';
import { profileSchema } from '@/lib/accounts/schema';

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const t = useTranslations('accounts.account');
  const { formProps, field, fault, done, pending } = useAccountForm(profileSchema, renameAction, {});
  return (
    <form {...formProps} className="flex max-w-md flex-col gap-4">
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <TextField {...field('name')} label={t('name')} defaultValue={name} autoComplete="name" />
      <TextField label={t('email')} hint={t('emailHint')} value={email} type="email" readOnly />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={pending} pendingLabel={t('save')}>
          {t('save')}
        </Button>
        <p role="status" className="text-libre text-sm">
          {done && t('saved')}
        </p>
      </div>
    </form>
  );
}
