import { type CountryCode, parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js';

/**
 * A phone number in E.164, or why it is none. `digits` counts what was typed in national form (« 06… »), so that the
 * screen can say how many are missing; `french` tells whether it was read as a French number.
 */
export type NormalisedPhone =
  | { e164: string }
  | { reason: 'too-short' | 'too-long' | 'invalid'; digits: number; french: boolean };

/** E.164 of a number typed in `country` (or with its own +prefix). */
export function normalisePhone(typed: string, country: CountryCode = 'FR'): NormalisedPhone {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/^00(?=[1-9])/, '+');
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  if (parsed?.isValid()) return { e164: parsed.number };
  const french = country === 'FR' ? !text.startsWith('+') || text.startsWith('+33') : text.startsWith('+33');
  const national = french ? text.replace(/^\+33\s*\(?0?\)?/, '0') : text;
  const digits = national.replace(/\D/g, '').length;
  const length = validatePhoneNumberLength(text, country);
  if (length === 'TOO_SHORT' || length === 'TOO_LONG') {
    return { reason: length === 'TOO_SHORT' ? 'too-short' : 'too-long', digits, french };
  }
  return { reason: 'invalid', digits, french };
}

/** A number in E.164 as people read it: « 06 12 34 56 78 » for France, « +32 470 12 34 56 » for elsewhere. */
export function formatPhone(e164: string): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  return parsed.countryCallingCode === '33' ? parsed.formatNational() : parsed.formatInternational();
}
