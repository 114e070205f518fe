'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FieldError } from '@/components/ui/field';
import { suspend } from '@/lib/partners/actions';

/** Suspends a convention, once its effect has been read; or lifts the suspension. */
export function SuspendButton({
  cabinetId,
  name,
  suspended,
}: {
  cabinetId: string;
  name: string;
  suspended: boolean;
}) {
  const t = useTranslations('admin.cabinet');
  const common = useTranslations('common');
  const { run, pending, fault } = useAct();
  const [asking, setAsking] = useState(false);
  const change = (to: boolean) =>
    run(() => suspend({ cabinetId, suspended: to }), { done: () => setAsking(false) });
  if (suspended) {
    return (
      <div>
        <Button onClick={() => change(false)} pending={pending}>
          {t('lift')}
        </Button>
        {fault && <FieldError>{fault}</FieldError>}
      </div>
    );
  }
  return (
    <div>
      <Button variant="caution" onClick={() => setAsking(true)}>
        {t('suspend')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={(open) => !pending && setAsking(open)}
        title={t('suspendTitle', { name })}
        description={t('suspendText')}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
            <Button
              variant="danger"
              onClick={() => change(true)}
              pending={pending}
              pendingLabel={t('suspending')}
            >
              {t('suspend')}
            </Button>
          </>
        }
      >
        {fault && <FieldError>{fault}</FieldError>}
      </Dialog>
    </div>
  );
}
