'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { TextField } from '@/components/ui/input';
import { passwordMin } from '@/lib/accounts/schema';

/** A password being chosen: what is asked of it, and the browser's offer to make one. */
export function NewPasswordField(props: Omit<ComponentProps<typeof TextField>, 'label' | 'hint' | 'type'>) {
  const t = useTranslations('accounts.choose');
  return (
    <TextField
      {...props}
      label={t('password')}
      hint={t('hint', { min: passwordMin })}
      type="password"
      autoComplete="new-password"
    />
  );
}
