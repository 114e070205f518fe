'use client';

import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { useFormContext } from 'react-hook-form';
import { type FileFaults, useFileFault } from '@/components/reservations/file-field';
import { Note } from '@/components/ui/note';
import type { FileField, FileForm, FileStep } from '@/lib/dossiers/schema';

/** What keeps a step from being left: every faulty field, its fault, and the way to it. */
export function FileErrors({ faults, box }: { faults: FileFaults; box: RefObject<HTMLDivElement | null> }) {
  const t = useTranslations('reservations.form');
  const sentence = useFileFault();
  const { setFocus } = useFormContext<FileForm>();
  const fields = Object.keys(faults) as FileField[];
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {fields.length > 0 && (
        <Note tone="danger" title={t('errors', { count: fields.length })}>
          <ul className="mt-1 grid gap-0.5">
            {fields.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  className="text-left underline underline-offset-2 max-sm:min-h-11"
                  onClick={() => setFocus(name)}
                >
                  <b>{t(name)}</b> : {sentence(name)}
                </button>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}

/** Before the file can leave: the steps that do not hold, and the way to each. */
export function FaultySteps({
  steps,
  onGo,
}: {
  steps: readonly { step: FileStep; count: number }[];
  onGo: (step: FileStep) => void;
}) {
  const t = useTranslations('reservations');
  if (steps.length === 0) return null;
  const count = steps.reduce((sum, one) => sum + one.count, 0);
  return (
    <Note tone="danger" live title={t('form.errors', { count })}>
      <ul className="mt-1 grid gap-0.5">
        {steps.map((one) => (
          <li key={one.step}>
            <button
              type="button"
              className="text-left underline underline-offset-2 max-sm:min-h-11"
              onClick={() => onGo(one.step)}
            >
              {t('form.stepFaulty', { step: t(`steps.${one.step}`), count: one.count })}
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
