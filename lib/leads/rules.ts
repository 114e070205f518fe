export type Consent = 'given' | 'refused' | 'untold' | 'unclear';

const words: Record<string, Consent> = {
  ...{ true: 'given', '1': 'given', oui: 'given', yes: 'given' },
  ...{ false: 'refused', '0': 'refused', non: 'refused', no: 'refused' },
};

/** What a lead's `Optin` says of consent. Koban's documentation gives the name and no values: any other is shown as it came. */
export function consentOf(optin: string | null): Consent {
  if (optin === null) return 'untold';
  const word = optin.toLowerCase();
  return (Object.hasOwn(words, word) && words[word]) || 'unclear';
}
