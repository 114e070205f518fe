'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useAccountForm } from '@/components/accounts/use-account-form';
import { Button } from '@/components/ui/button';
import { SelectField, TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { invitePartnerAction } from '@/lib/accounts/actions';
import { invitePartnerSchema } from '@/lib/accounts/schema';

/** Lets a person of a cabinet in, and sends them what they need. */
export function InviteForm({ cabinetId }: { cabinetId: string }) {
  const t = useTranslations('admin.cabinet');
  const { formProps, field, register, reset, fault, done, pending } = useAccountForm(
    invitePartnerSchema,
    invitePartnerAction,
    {},
  );
  useEffect(() => {
    if (done && !pending) reset({ cabinetId, role: 'adviser', name: '', email: '' });
  }, [done, pending, reset, cabinetId]);
  return (
    <form {...formProps} className="grid gap-4 sm:grid-cols-2">
      <input type="hidden" defaultValue={cabinetId} {...register('cabinetId', { value: cabinetId })} />
      <TextField label={t('inviteName')} autoComplete="off" {...field('name')} />
      <TextField label={t('inviteEmail')} type="email" autoComplete="off" {...field('email')} />
      <SelectField label={t('inviteRole')} {...field('role')}>
        <option value="adviser">{t('roles.adviser')}</option>
        <option value="manager">{t('roles.manager')}</option>
      </SelectField>
      <div className="flex flex-wrap items-end gap-3 sm:col-span-2">
        <Button type="submit" variant="primary" pending={pending} pendingLabel={t('inviteSending')}>
          {t('inviteSend')}
        </Button>
      </div>
      {done && (
        <Note tone="done" live className="sm:col-span-2">
          {t('invited')}
        </Note>
      )}
      {fault && (
        <Note tone="danger" live className="sm:col-span-2">
          {fault}
        </Note>
      )}
    </form>
  );
}
