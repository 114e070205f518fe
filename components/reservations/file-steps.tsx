'use client';

import { useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { Icon } from '@/components/ui/icon';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { type FileStep, fileSteps } from '@/lib/dossiers/schema';

export type StepLook = 'complete' | 'faulty' | 'todo';

const icons = { complete: 'check', faulty: 'warn', todo: 'dot' } as const;

/** The steps of the file, each with where it stands; every one may be gone to at any time. */
export function FileSteps({
  current,
  lookOf,
  onGo,
}: {
  current: FileStep;
  lookOf: (step: FileStep) => StepLook | null;
  onGo: (step: FileStep) => void;
}) {
  const t = useTranslations('reservations.steps');
  return (
    // Positioned, so that what is hidden from view scrolls with it instead of widening the page.
    <nav aria-label={t('title')} className="relative -mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ol className="flex gap-1.5 py-1">
        {fileSteps.map((step, index) => {
          const look = lookOf(step);
          const here = step === current;
          return (
            <li key={step}>
              <button
                type="button"
                aria-current={here ? 'step' : undefined}
                onClick={() => onGo(step)}
                className={cx(
                  'flex min-h-9 items-center gap-1.5 whitespace-nowrap rounded-full border px-3 font-medium text-sm max-sm:min-h-11',
                  here
                    ? 'border-brand bg-brand-bg text-brand'
                    : 'border-line-2 bg-card text-ink-2 hover:text-ink',
                )}
              >
                {look === null ? (
                  <span aria-hidden="true">{index + 1}</span>
                ) : (
                  <Icon
                    name={icons[look]}
                    className={cx(
                      'size-3.5',
                      look === 'complete' && 'text-libre',
                      look === 'faulty' && 'text-accent',
                    )}
                  />
                )}
                {t(step)}
                {look !== null && <VisuallyHidden>, {t(look)}</VisuallyHidden>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
