'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { BuyerFields } from '@/components/reservations/buyer-fields';
import { FileDraftLine } from '@/components/reservations/file-draft-line';
import { FaultySteps, FileErrors } from '@/components/reservations/file-errors';
import { FileFaultsProvider } from '@/components/reservations/file-field';
import { FileRecap } from '@/components/reservations/file-recap';
import { FileSteps, type StepLook } from '@/components/reservations/file-steps';
import {
  FinancingFields,
  OriginFields,
  PriceFields,
  TaxFields,
} from '@/components/reservations/money-fields';
import { ReservingFaultNote } from '@/components/reservations/reserving-fault';
import { useFileDraft } from '@/components/reservations/use-file-draft';
import { useReserving } from '@/components/reservations/use-reserving';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Note } from '@/components/ui/note';
import type { Day } from '@/lib/core/days';
import { formatShort } from '@/lib/core/paris';
import { type FileStep, faultsOf, fileSteps, type FileForm as Values } from '@/lib/dossiers/schema';
import type { KobanLists } from '@/lib/promoters/schema';
import { sendFile } from '@/lib/reservations/actions';

/** A file that may be filled, where it stands when it is opened. */
export type FileToFill = {
  id: string;
  /** The day of the reservation, whose law holds. */
  signed: Day;
  lists: KobanLists;
  start: Values;
  lastStep: FileStep | null;
  savedAt: Date | null;
  here: string;
};

/** The complete file, step by step: kept as it is typed, checked as each step is left, sent once. */
export function FileForm({
  id,
  signed,
  lists,
  start,
  lastStep,
  savedAt,
  here,
  closed,
  onDone,
}: FileToFill & {
  /** It may no longer be filled: what was typed stays to be read. */
  closed: boolean;
  /** It is sent, or nothing was typed in it: it need not stay. */
  onDone: () => void;
}) {
  const t = useTranslations('reservations.form');
  const locale = useLocale();
  const router = useRouter();
  const [step, setStep] = useState<FileStep>(lastStep ?? 'buyers');
  const [tried, setTried] = useState<readonly FileStep[]>([]);
  const form = useForm<Values>({ defaultValues: start });
  const values = form.watch();
  const draft = useFileDraft(form, { id, step, start, closed });
  const { send, pending, fault } = useReserving(() => {
    onDone();
    router.refresh();
  });
  const box = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLDivElement>(null);
  const gone = useRef<FileStep | null>(null);

  const faults = faultsOf(step, values, signed);
  const shown = tried.includes(step) ? faults : {};
  const faulty = fileSteps.flatMap((one) => {
    const count = Object.keys(faultsOf(one, values, signed)).length;
    return count === 0 ? [] : [{ step: one, count }];
  });

  // Another step is another page to whoever reads it aloud; the first one is where the page begins.
  useEffect(() => {
    if (gone.current === step) title.current?.focus();
  }, [step]);

  const typed = form.formState.isDirty;
  const done = useEffectEvent(onDone);
  useEffect(() => {
    if (closed && !typed) done();
  }, [closed, typed]);

  const go = (to: FileStep) => {
    gone.current = to;
    setStep(to);
    draft.saveAt(to);
  };
  const goOn = () => {
    setTried((before) => [...before, step]);
    const next = fileSteps[fileSteps.indexOf(step) + 1];
    if (Object.keys(faults).length === 0 && next) go(next);
    else box.current?.focus();
  };
  const back = fileSteps[fileSteps.indexOf(step) - 1];
  const lookOf = (one: FileStep): StepLook | null => {
    if (one === 'recap') return null;
    if (!faulty.some((each) => each.step === one)) return 'complete';
    return tried.includes(one) ? 'faulty' : 'todo';
  };
  const sendAll = () => {
    setTried(fileSteps);
    if (faulty.length > 0) return;
    void send(async (formKey) => {
      const known = await draft.hold();
      const file = form.getValues();
      const answer = await sendFile({ formKey, id, values: file, known }).catch(() => undefined);
      draft.release(answer?.data?.kind === 'begun' ? file : undefined);
      return answer;
    });
  };

  return (
    <FormProvider {...form}>
      <Card>
        <CardHeader title={t('title')} aside={!closed && <FileDraftLine state={draft.state} here={here} />} />
        <form
          noValidate
          aria-label={t('title')}
          className="grid gap-4 p-4 sm:px-6 sm:py-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (closed) return;
            if (step === 'recap') sendAll();
            else goOn();
          }}
        >
          {closed && (
            <Note tone="warn" live title={t('closedTitle')}>
              {t('closedText')}
            </Note>
          )}
          {!closed && savedAt !== null && draft.state.kind === 'untouched' && (
            <p role="status" className="text-ink-2 text-sm">
              {t('resumed', { at: formatShort(savedAt, locale) })}
            </p>
          )}
          <FileSteps current={step} lookOf={lookOf} onGo={go} />
          <FileFaultsProvider faults={shown}>
            <fieldset disabled={closed} className="contents">
              <StepBody
                step={step}
                signed={signed}
                lists={lists}
                values={values}
                title={title}
                box={box}
                faults={shown}
                onGo={go}
              />
            </fieldset>
          </FileFaultsProvider>
          {step === 'recap' && tried.includes('recap') && <FaultySteps steps={faulty} onGo={go} />}
          {fault !== null && (
            <ReservingFaultNote fault={fault} title={t('refusedTitle')} lost={t('lostText')} here={here} />
          )}
          {!closed && (
            <div className="flex flex-wrap justify-end gap-2.5 max-sm:flex-col-reverse">
              {back !== undefined && (
                <Button onClick={() => go(back)} disabled={pending}>
                  {t('back')}
                </Button>
              )}
              <Button type="submit" variant="primary" pending={pending} pendingLabel={t('sending')}>
                {t(step === 'recap' ? 'send' : 'next')}
              </Button>
            </div>
          )}
        </form>
      </Card>
    </FormProvider>
  );
}

function StepBody({
  step,
  signed,
  lists,
  values,
  title,
  box,
  faults,
  onGo,
}: {
  step: FileStep;
  signed: Day;
  lists: KobanLists;
  values: Values;
  title: RefObject<HTMLDivElement | null>;
  box: RefObject<HTMLDivElement | null>;
  faults: ReturnType<typeof faultsOf>;
  onGo: (step: FileStep) => void;
}) {
  const t = useTranslations('reservations');
  return (
    <section aria-label={t(`steps.${step}`)} className="grid gap-4">
      <div ref={title} tabIndex={-1} className="outline-none">
        <h3 className="text-lg">{t(`steps.${step}`)}</h3>
        {step === 'recap' && <p className="text-ink-2">{t('form.recapIntro')}</p>}
      </div>
      <FileErrors faults={faults} box={box} />
      {step === 'buyers' && <BuyerFields lists={lists} />}
      {step === 'price' && <PriceFields signed={signed} />}
      {step === 'financing' && <FinancingFields />}
      {step === 'tax' && <TaxFields signed={signed} />}
      {step === 'origin' && <OriginFields lists={lists} />}
      {step === 'recap' && <FileRecap file={values} lists={lists} onEdit={onGo} />}
    </section>
  );
}
