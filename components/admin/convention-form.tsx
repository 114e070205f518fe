'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Path, useForm } from 'react-hook-form';
import { TermsFields, type TermsForm } from '@/components/admin/terms-fields';
import { useAct } from '@/components/admin/use-act';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import { changeTerms } from '@/lib/partners/actions';
import {
  type ChangeConventionForm,
  changeConventionSchema,
  type ProgrammeChoice,
} from '@/lib/partners/schema';

/** Other terms for a convention, in force as soon as they are saved. */
export function ConventionForm({
  cabinetId,
  choices,
  terms,
}: {
  cabinetId: string;
  choices: readonly ProgrammeChoice[];
  terms: TermsForm;
}) {
  const t = useTranslations('admin.cabinet');
  const { run, pending, fault } = useAct();
  const [saved, setSaved] = useState(false);
  const form = useForm<ChangeConventionForm>({
    resolver: zodResolver(changeConventionSchema, undefined, { raw: true }),
    mode: 'onSubmit',
    defaultValues: { cabinetId, ...terms },
  });
  const submit = form.handleSubmit((values) => {
    setSaved(false);
    run(() => changeTerms(values), {
      done: () => setSaved(true),
      invalid: (field, code) =>
        form.setError(field as Path<ChangeConventionForm>, { message: code }, { shouldFocus: true }),
    });
  });
  return (
    <form onSubmit={submit} onChange={() => setSaved(false)} noValidate className="grid gap-4">
      <TermsFields
        register={form.register}
        errors={form.formState.errors}
        terms={{ grant: form.watch('grant'), programmes: form.watch('programmes') }}
        choices={choices}
      />
      {saved && (
        <Note tone="done" live>
          {t('saved')}
        </Note>
      )}
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <div>
        <Button type="submit" variant="primary" pending={pending} pendingLabel={t('saving')}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
