'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FieldError } from '@/components/ui/field';
import { toasts } from '@/components/ui/toasts';
import { endOld, rotate } from '@/lib/admin/actions';

const acts = { rotate: () => rotate(), endOld: () => endOld() };

/** Makes a new webhook secret, or ends the one before it, once its effect has been read. */
export function SecretAct({ act }: { act: keyof typeof acts }) {
  const t = useTranslations('admin.webhooks.secretActs');
  const common = useTranslations('common');
  const { run, pending, fault } = useAct();
  const [asking, setAsking] = useState(false);
  const confirm = () =>
    run(acts[act], {
      done: () => {
        setAsking(false);
        toasts.add({ title: t(`${act}.done`), type: 'done' });
      },
    });
  return (
    <>
      <Button variant="caution" onClick={() => setAsking(true)}>
        {t(`${act}.ask`)}
      </Button>
      <Dialog
        open={asking}
        onOpenChange={(open) => !pending && setAsking(open)}
        title={t(`${act}.title`)}
        description={t(`${act}.text`)}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
            <Button variant="danger" onClick={confirm} pending={pending} pendingLabel={t(`${act}.pending`)}>
              {t(`${act}.ask`)}
            </Button>
          </>
        }
      >
        {fault && <FieldError>{fault}</FieldError>}
      </Dialog>
    </>
  );
}
