import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Icon, type IconName } from '@/components/ui/icon';
import { type Tone, toneLook } from '@/components/ui/tones';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

/** `unknown`: sent, no answer; `unreachable`: nothing was sent; `skipped`: not needed this time. */
export type StepState = 'waiting' | 'running' | 'done' | 'refused' | 'unknown' | 'unreachable' | 'skipped';

export interface Step {
  key: string;
  state: StepState;
  title: ReactNode;
  detail?: ReactNode;
  /** The wall-clock time at which it reached this state. */
  time?: string;
}

const looks: Record<StepState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'bloque', icon: 'dot' },
  running: { tone: 'preresv', icon: 'dot' },
  done: { tone: 'libre', icon: 'check' },
  refused: { tone: 'accent', icon: 'cross' },
  unknown: { tone: 'option', icon: 'question' },
  unreachable: { tone: 'accent', icon: 'broken' },
  skipped: { tone: 'bloque', icon: 'dash' },
};

/** An act as it happens. Changes are read aloud; the state's word goes with its shape. */
export function Steps({
  steps,
  stateLabels,
  className,
}: {
  steps: readonly Step[];
  stateLabels: Record<StepState, string>;
  className?: string;
}) {
  return (
    <ol aria-live="polite" className={cx('divide-y divide-line', className)}>
      {steps.map(({ key, state, title, detail, time }) => (
        <li
          key={key}
          data-step={key}
          data-state={state}
          aria-current={state === 'running' ? 'step' : undefined}
          className="grid grid-cols-[26px_1fr_auto] gap-x-3 py-3"
        >
          <span
            className={cx(
              'relative grid size-6 place-items-center rounded-full',
              toneLook[looks[state].tone],
            )}
          >
            <Icon name={looks[state].icon} />
            {state === 'running' && (
              <span className="absolute inset-0 animate-spin rounded-full border-2 border-current border-r-transparent" />
            )}
          </span>
          <div className="min-w-0">
            <p className={cx('font-semibold', (state === 'waiting' || state === 'skipped') && 'text-ink-3')}>
              {title}
              <VisuallyHidden> ({stateLabels[state]})</VisuallyHidden>
            </p>
            {detail != null && <p className="text-ink-3 text-sm">{detail}</p>}
          </div>
          {time !== undefined && <time className="text-ink-3 text-sm">{time}</time>}
        </li>
      ))}
    </ol>
  );
}
