'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { reservationHref } from '@/components/reservations/links';
import { ReservingFaultNote } from '@/components/reservations/reserving-fault';
import { useReserving } from '@/components/reservations/use-reserving';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextareaField } from '@/components/ui/input';
import { withdraw } from '@/lib/reservations/actions';

/** « Désister », with the reason; what becomes of it is told by the reservation's page. */
export function WithdrawButton({ id, label }: { id: string; label: string }) {
  const t = useTranslations('reservations');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { send, pending, fault } = useReserving(() => {
    setOpen(false);
    router.refresh();
  });
  const press = () => {
    const given = reason.trim() !== '';
    setMissing(!given);
    if (given) void send((formKey) => withdraw({ formKey, id, reason }));
    else field.current?.focus();
  };
  return (
    <>
      <Button variant="caution" onClick={() => setOpen(true)}>
        {t('page.withdraw')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => !pending && setOpen(next)}
        title={t('withdrawal.title', { label })}
        description={t('withdrawal.text')}
        closeLabel={t('withdrawal.close')}
        initialFocus={field}
        footer={
          <>
            <Button onClick={() => setOpen(false)} disabled={pending}>
              {t('withdrawal.cancel')}
            </Button>
            <Button
              variant="danger"
              pending={pending}
              pendingLabel={t('withdrawal.confirming')}
              onClick={press}
            >
              {t(fault?.kind === 'lost' ? 'withdrawal.again' : 'withdrawal.confirm')}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <TextareaField
            ref={field}
            label={t('withdrawal.reason')}
            hint={t('withdrawal.reasonHint')}
            error={missing ? t('withdrawal.missing') : undefined}
            value={reason}
            maxLength={500}
            rows={3}
            aria-required
            disabled={pending}
            onChange={({ target }) => {
              setReason(target.value);
              setMissing(false);
            }}
          />
          {fault !== null && (
            <ReservingFaultNote
              fault={fault}
              title={t('withdrawal.refusedTitle')}
              lost={t('withdrawal.lostText')}
              here={reservationHref(id)}
            />
          )}
        </div>
      </Dialog>
    </>
  );
}
