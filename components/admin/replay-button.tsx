'use client';

import { useTranslations } from 'next-intl';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { toasts } from '@/components/ui/toasts';
import { replay } from '@/lib/admin/actions';

/** Has a call of Koban's worked again. */
export function ReplayButton({ id, name }: { id: number; name: string }) {
  const t = useTranslations('admin.webhooks');
  const { run, pending, fault } = useAct();
  return (
    <>
      <Button
        size="sm"
        aria-label={t('replayOf', { name })}
        pending={pending}
        pendingLabel={t('replaying')}
        onClick={() =>
          run(() => replay({ id }), { done: () => toasts.add({ title: t('replayed'), type: 'done' }) })
        }
      >
        {t('replay')}
      </Button>
      {fault && <FieldError>{fault}</FieldError>}
    </>
  );
}
