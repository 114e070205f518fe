import { expect, it } from 'vitest';
import { consentOf } from './rules';

it.each([
  ['true', 'given'],
  ['True', 'given'],
  ['1', 'given'],
  ['Oui', 'given'],
  ['false', 'refused'],
  ['0', 'refused'],
  ['non', 'refused'],
  [null, 'untold'],
  ['constructor', 'unclear'],
  ['partenaires seulement', 'unclear'],
] as const)('reads of %j that consent is %s', (optin, consent) => {
  expect(consentOf(optin)).toBe(consent);
});
