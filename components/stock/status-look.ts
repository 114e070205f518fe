import type { IconName } from '@/components/ui/icon';
import type { Tone } from '@/components/ui/tones';
import type { StatusFamily } from '@/lib/stock/schema';

/** How each family of status is drawn: colour, shape, and the hatch of what is closed. */
export const statusLook: Record<StatusFamily, { tone: Tone; icon: IconName; closed: boolean }> = {
  libre: { tone: 'libre', icon: 'circle', closed: false },
  option: { tone: 'option', icon: 'clock', closed: false },
  preresv: { tone: 'preresv', icon: 'bookmark', closed: false },
  resv: { tone: 'resv', icon: 'bookmarkFilled', closed: false },
  bloque: { tone: 'bloque', icon: 'lock', closed: true },
  acte: { tone: 'acte', icon: 'check', closed: true },
  other: { tone: 'other', icon: 'star', closed: false },
};

/** The families in the words of the bars and keys: solid backgrounds. Written out for the stylesheet. */
export const statusFill: Record<StatusFamily, string> = {
  libre: 'bg-libre',
  option: 'bg-option',
  preresv: 'bg-preresv',
  resv: 'bg-resv',
  bloque: 'bg-bloque',
  acte: 'bg-acte',
  other: 'bg-other',
};
