'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FieldError } from '@/components/ui/field';
import { toasts } from '@/components/ui/toasts';
import { rotate } from '@/lib/admin/actions';

/** Makes a new webhook secret, once its effect has been read. */
export function RotateButton() {
  const t = useTranslations('admin.webhooks');
  const common = useTranslations('common');
  const { run, pending, fault } = useAct();
  const [asking, setAsking] = useState(false);
  const change = () =>
    run(() => rotate(), {
      done: () => {
        setAsking(false);
        toasts.add({ title: t('rotated'), type: 'done' });
      },
    });
  return (
    <div>
      <Button variant="caution" onClick={() => setAsking(true)}>
        {t('rotate')}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={(open) => !pending && setAsking(open)}
        title={t('rotateTitle')}
        description={t('rotateText')}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
            <Button variant="danger" onClick={change} pending={pending} pendingLabel={t('rotating')}>
              {t('rotate')}
            </Button>
          </>
        }
      >
        {fault && <FieldError>{fault}</FieldError>}
      </Dialog>
    </div>
  );
}
