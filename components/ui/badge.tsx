import type { ComponentProps, ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { Icon, type IconName } from '@/components/ui/icon';
import { type Tone, toneLook } from '@/components/ui/tones';

export interface BadgeProps extends Omit<ComponentProps<'span'>, 'children'> {
  tone: Tone;
  icon: IconName;
  label: ReactNode;
  /** Second line: « jusqu’à jeu. 14:30 ». */
  detail?: ReactNode;
  /** It has just changed: flashes once. */
  flash?: boolean;
}

/** A state as a shape, a word and a colour, in that order of importance. */
export function Badge({ tone, icon, label, detail, flash = false, className, ...rest }: BadgeProps) {
  const alone = detail == null;
  const mark = (
    <span
      {...rest}
      className={cx(
        'inline-flex w-fit items-center gap-1.5 whitespace-nowrap rounded-full py-0.5 pr-2.5 pl-[7px] font-semibold text-sm leading-5',
        toneLook[tone],
        flash && 'animate-flash',
        alone && className,
      )}
    >
      <Icon name={icon} />
      {label}
    </span>
  );
  if (alone) return mark;
  return (
    <span className={cx('inline-flex flex-wrap items-center gap-x-2 gap-y-0.5', className)}>
      {mark}
      <span className="text-ink-3 text-xs sm:basis-full">{detail}</span>
    </span>
  );
}
