/** The languages of the screens; French is the default. */
export type Locale = 'fr' | 'en';

/** BCP 47 tag for `Intl`: European English, so that days come before months and hours run to 24. */
export function intlTag(locale: Locale): string {
  return locale === 'fr' ? 'fr-FR' : 'en-GB';
}
