/** The languages of the screens, the default one first. */
export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = 'parvis_locale';

/** The wall clock of every screen and document, wherever the reader sits: Koban's dates are Paris dates. */
export const timeZone = 'Europe/Paris';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The language of a request: the person's own choice, else French, unless the browser asks for English and never
 * for French.
 */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const asked = (acceptLanguage ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.trim().slice(0, 2));
  return asked.includes('en') && !asked.includes('fr') ? 'en' : 'fr';
}
