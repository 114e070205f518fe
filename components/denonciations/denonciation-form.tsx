'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { ConsentField } from '@/components/denonciations/consent-field';
import { DraftLine } from '@/components/denonciations/draft-line';
import { emptyForm, type ProgrammeChoice, restoreForm } from '@/components/denonciations/draft-values';
import { ErrorSummary } from '@/components/denonciations/error-summary';
import { FilingNotes } from '@/components/denonciations/filing-notes';
import { IdentityFields } from '@/components/denonciations/identity-fields';
import { ProgrammePicker } from '@/components/denonciations/programme-picker';
import { draftOfTab, useDraft } from '@/components/denonciations/use-draft';
import { useFiling } from '@/components/denonciations/use-filing';
import { WishFields } from '@/components/denonciations/wish-fields';
import { Button } from '@/components/ui/button';
import { newId } from '@/lib/core/ids';
import { formatShort } from '@/lib/core/paris';
import {
  type Draft,
  denonciationSchema,
  type ProgrammeRef,
  type DenonciationForm as Values,
} from '@/lib/denonciations/schema';

/** « Dénoncer un prospect »: what is typed is kept at every pause, and nothing leaves twice. */
export function DenonciationForm({
  account,
  choices,
  opened,
  lot,
  draft,
  here,
}: {
  /** Whose form it is: what a tab keeps is not shown to the next person. */
  account: string;
  choices: readonly ProgrammeChoice[];
  /** The programme from which the form was opened. */
  opened: ProgrammeRef | null;
  lot: string | null;
  /** The form as it was left, on the server. */
  draft: { values: Draft; savedAt: Date } | null;
  here: string;
}) {
  const t = useTranslations('denonciations');
  const locale = useLocale();
  const [start] = useState(() => {
    const formKey = newId();
    const restored = draft && restoreForm(draft.values, opened, choices, formKey);
    return { restored, values: restored ?? emptyForm(formKey, opened ? [opened] : []) };
  });
  const [resumed, setResumed] = useState<'server' | 'tab' | null>(start.restored ? 'server' : null);
  const form = useForm<Values>({
    resolver: zodResolver(denonciationSchema, undefined, { raw: true }),
    defaultValues: start.values,
  });
  const { state, forget, ...keeper } = useDraft(form, account);
  const filing = useFiling(form, keeper, lot);

  const looked = useRef(false);
  useEffect(() => {
    if (looked.current) return;
    looked.current = true;
    const kept = draftOfTab(account);
    const restored = kept && restoreForm(kept, opened, choices, newId());
    if (!restored) return;
    form.reset(restored);
    setResumed('tab');
  }, [account, choices, form, opened]);

  const restart = () => {
    form.reset(emptyForm(newId(), opened ? [opened] : []));
    form.setFocus('lastName');
    setResumed(null);
    // Last: the change of the fields would otherwise keep an empty form.
    void forget();
  };

  return (
    <FormProvider {...form}>
      <form
        noValidate
        aria-label={t('form.title')}
        onSubmit={(event) => void form.handleSubmit(filing.send)(event)}
        className="grid gap-5"
      >
        {resumed !== null && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-sm">
            <p role="status">
              {resumed === 'server' && draft
                ? t('draft.resumedAt', { at: formatShort(draft.savedAt, locale) })
                : t('draft.resumed')}
            </p>
            <Button size="sm" variant="ghost" onClick={restart}>
              {t('draft.restart')}
            </Button>
          </div>
        )}
        <ErrorSummary />
        <IdentityFields />
        <ProgrammePicker choices={choices} />
        <WishFields choices={choices} />
        <ConsentField choices={choices} />
        <FilingNotes fault={filing.fault} refused={filing.refused} choices={choices} here={here} />
        <div className="flex items-center gap-x-4 gap-y-2 max-sm:sticky max-sm:bottom-(--tabbar) max-sm:z-20 max-sm:-mx-4 max-sm:flex-col-reverse max-sm:items-stretch max-sm:border-line max-sm:border-t max-sm:bg-card/95 max-sm:px-4 max-sm:py-2.5 sm:justify-end">
          {filing.fault === null && <DraftLine state={state} here={here} />}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={filing.pending}
            pendingLabel={t('form.submitting')}
          >
            {t('form.submit')}
          </Button>
        </div>
      </form>
    </FormProvider>
  );
}
