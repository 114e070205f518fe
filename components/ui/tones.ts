/** The closed list of tones a state may take; each is a colour and its own background, checked in both themes. */
export type Tone = 'libre' | 'option' | 'preresv' | 'resv' | 'bloque' | 'acte' | 'other' | 'accent';

// Written out in full: the stylesheet is made from the class names that stand in the sources.
export const toneLook: Record<Tone, string> = {
  libre: 'bg-libre-bg text-libre',
  option: 'bg-option-bg text-option',
  preresv: 'bg-preresv-bg text-preresv',
  resv: 'bg-resv-bg text-resv',
  bloque: 'bg-bloque-bg text-bloque',
  acte: 'bg-acte-bg text-acte',
  other: 'bg-other-bg text-other',
  accent: 'bg-accent-bg text-accent',
};
