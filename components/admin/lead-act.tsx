'use client';

import { useTranslations } from 'next-intl';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { markHandled } from '@/lib/leads/actions';

/** Marks a lead handled, or to handle again. */
export function LeadAct({ id, name, handled }: { id: string; name: string; handled: boolean }) {
  const t = useTranslations('admin.leads');
  const { run, pending, fault } = useAct();
  const act = t(handled ? 'unmark' : 'mark');
  return (
    <>
      <Button
        size="sm"
        aria-label={t('of', { act, name })}
        pending={pending}
        pendingLabel={t('marking')}
        onClick={() => run(() => markHandled({ id, handled: !handled }))}
      >
        {act}
      </Button>
      {fault && <FieldError>{fault}</FieldError>}
    </>
  );
}
