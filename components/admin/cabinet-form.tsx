'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type Path, useForm } from 'react-hook-form';
import { TermsFields } from '@/components/admin/terms-fields';
import { useAct } from '@/components/admin/use-act';
import { useFieldSentence } from '@/components/admin/use-field-sentence';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { TextField } from '@/components/ui/input';
import { Note } from '@/components/ui/note';
import { openCabinet } from '@/lib/partners/actions';
import { type CreateCabinetForm, createCabinetSchema, type ProgrammeChoice } from '@/lib/partners/schema';

/** A new cabinet and its convention; leads to its page, where people are invited. */
export function CabinetForm({ choices }: { choices: readonly ProgrammeChoice[] }) {
  const t = useTranslations('admin.cabinet');
  const router = useRouter();
  const sentence = useFieldSentence();
  const { run, pending, fault } = useAct();
  const form = useForm<CreateCabinetForm>({
    resolver: zodResolver(createCabinetSchema, undefined, { raw: true }),
    mode: 'onSubmit',
    defaultValues: {
      ...{ name: '', siren: '', orias: '', grant: 'all', programmes: [] },
      ...{ validFrom: '', validUntil: '', maxOptions: '' },
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    run(() => openCabinet(values), {
      done: ({ id }) => router.push(`/admin/partenaires/${id}`),
      invalid: (field, code) =>
        form.setError(field as Path<CreateCabinetForm>, { message: code }, { shouldFocus: true }),
    }),
  );
  const field = (name: 'name' | 'siren' | 'orias') => ({
    ...form.register(name),
    error: sentence(errors[name]?.message),
  });
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-5">
      <Card>
        <CardHeader title={t('identity')} />
        <div className="grid gap-4 p-4 sm:grid-cols-2 sm:p-6">
          <TextField label={t('name')} autoComplete="off" className="sm:col-span-2" {...field('name')} />
          <TextField
            label={t('siren')}
            hint={t('sirenHint')}
            inputMode="numeric"
            autoComplete="off"
            {...field('siren')}
          />
          <OriasField {...field('orias')} />
        </div>
      </Card>
      <Card>
        <CardHeader title={t('terms')} />
        <div className="p-4 sm:p-6">
          <TermsFields
            register={form.register}
            errors={errors}
            terms={{ grant: form.watch('grant'), programmes: form.watch('programmes') }}
            choices={choices}
          />
        </div>
      </Card>
      {fault && (
        <Note tone="danger" live>
          {fault}
        </Note>
      )}
      <div>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={pending}
          pendingLabel={t('creating')}
          className="max-sm:w-full"
        >
          {t('create')}
        </Button>
      </div>
    </form>
  );
}

function OriasField(field: { error: string | undefined; name: string }) {
  const t = useTranslations('admin.cabinet');
  const common = useTranslations('common');
  return (
    <TextField
      label={t('orias')}
      note={common('optional')}
      hint={t('oriasHint')}
      inputMode="numeric"
      autoComplete="off"
      {...field}
    />
  );
}
