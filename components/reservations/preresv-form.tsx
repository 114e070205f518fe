'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { useFieldSentence } from '@/components/denonciations/field-sentences';
import { DepositCap } from '@/components/reservations/deposit-cap';
import { reservationHref } from '@/components/reservations/links';
import { OfferMoved, useOfferNow } from '@/components/reservations/offer-moved';
import { ReservingFaultNote } from '@/components/reservations/reserving-fault';
import { useReserving } from '@/components/reservations/use-reserving';
import { reserveHref } from '@/components/stock/links';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { TextField } from '@/components/ui/input';
import { type Day, parisDay } from '@/lib/core/days';
import { newId } from '@/lib/core/ids';
import { formatCents, typedEuros } from '@/lib/core/money';
import { reserve } from '@/lib/reservations/actions';
import { preresvSchema, type ReservationOffer, type PreresvForm as Values } from '@/lib/reservations/schema';

/** « Préréserver »: for whom, at what price, with what deposit; then Koban's answer, on the reservation's own page. */
export function PreresvForm({ offer }: { offer: ReservationOffer }) {
  const t = useTranslations('reservations');
  const sentence = useFieldSentence();
  const locale = useLocale();
  const router = useRouter();
  const { lot, reservees } = offer;
  const offered = useOfferNow(lot);
  const { register, handleSubmit, watch, setValue, formState } = useForm<Values>({
    resolver: zodResolver(preresvSchema, undefined, { raw: true }),
    defaultValues: {
      formKey: newId(),
      lot: { promoter: lot.promoter, extcode: lot.extcode },
      denonciationId: offer.chosen ?? '',
      price: lot.priceCents === null ? '' : typedEuros(lot.priceCents),
      deposit: '',
      deedDay: '',
    },
  });
  const { errors } = formState;
  const [price, deposit, deedDay, chosen] = watch(['price', 'deposit', 'deedDay', 'denonciationId']);
  // The form is no place to come back to: the reservation exists.
  const { send, pending, fault } = useReserving((id) => router.replace(reservationHref(id)));
  const today: Day = parisDay(new Date());
  return (
    <form
      noValidate
      aria-label={t('new.title')}
      className="grid gap-5"
      onSubmit={(event) =>
        void handleSubmit((values) => send((formKey) => reserve({ ...values, formKey })))(event)
      }
    >
      <OfferMoved lot={lot} now={offered} />
      <Card pad>
        <div className="grid gap-4 sm:grid-cols-2">
          <Combobox
            label={t('new.prospect')}
            placeholder={t('new.prospectPlaceholder')}
            empty={t('new.prospectEmpty')}
            clearLabel={t('new.prospectClear')}
            openLabel={t('new.prospectOpen')}
            error={sentence(errors.denonciationId?.message)}
            required
            disabled={pending}
            className="sm:col-span-2"
            items={reservees.map(({ denonciationId, lastName, firstName, email, onOption }) => ({
              value: denonciationId,
              label: `${lastName} ${firstName}`,
              detail: onOption ? `${email} · ${t('new.onOption')}` : email,
            }))}
            value={chosen === '' ? null : chosen}
            onValueChange={(value) =>
              setValue('denonciationId', value ?? '', { shouldValidate: formState.isSubmitted })
            }
          />
          <TextField
            {...register('price')}
            label={t('form.price')}
            note={t('form.unit')}
            hint={
              offered.priceCents === null
                ? undefined
                : t('new.listPrice', { price: formatCents(offered.priceCents, locale) })
            }
            error={sentence(errors.price?.message)}
            inputMode="decimal"
            autoComplete="off"
            aria-required
          />
          <TextField
            {...register('deedDay')}
            type="date"
            min={today}
            label={t('form.deedDay')}
            error={sentence(errors.deedDay?.message)}
            aria-required
          />
          <TextField
            {...register('deposit')}
            label={t('form.deposit')}
            note={t('form.unit')}
            error={sentence(errors.deposit?.message)}
            inputMode="decimal"
            autoComplete="off"
            aria-required
          />
          <div className="sm:col-span-2">
            <DepositCap
              {...{ price, deposit, deedDay }}
              signed={today}
              onUse={(typed) => setValue('deposit', typed, { shouldValidate: true })}
            />
          </div>
        </div>
      </Card>
      {fault !== null && (
        <ReservingFaultNote
          fault={fault}
          title={t('new.refusedTitle')}
          lost={t('new.lostText')}
          here={reserveHref(lot.promoter, lot.extcode)}
        />
      )}
      <div className="flex items-center gap-x-4 gap-y-2 max-sm:sticky max-sm:bottom-(--tabbar) max-sm:z-20 max-sm:-mx-4 max-sm:flex-col-reverse max-sm:items-stretch max-sm:border-line max-sm:border-t max-sm:bg-card/95 max-sm:px-4 max-sm:py-2.5 sm:justify-end">
        {pending && (
          <p role="status" className="text-ink-2 text-sm">
            {t('new.patience')}
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={pending}
          pendingLabel={t('new.submitting')}
        >
          {t(fault?.kind === 'lost' ? 'new.lostAgain' : 'new.submit')}
        </Button>
      </div>
    </form>
  );
}
