import { describe, expect, it } from 'vitest';
import { chooseLocale } from '@/lib/i18n/locale';
import { chooseTheme } from '@/lib/i18n/theme';

describe('the language of a request', () => {
  it.each([
    ['en', 'fr-FR,fr', 'en'],
    ['fr', 'en-GB', 'fr'],
    [undefined, null, 'fr'],
    [undefined, 'de-DE,de;q=0.9', 'fr'],
    [undefined, 'en-GB,en;q=0.9', 'en'],
    [undefined, 'en-GB,en;q=0.9,fr;q=0.2', 'fr'],
    [undefined, 'en, fr;q=0', 'en'],
    ['de', 'en', 'en'],
  ] as const)('chosen %s, asked %s: %s', (chosen, asked, locale) => {
    expect(chooseLocale(chosen, asked)).toBe(locale);
  });
});

describe('the theme of a request', () => {
  it('is the chosen one, and the device’s when the cookie says anything else', () => {
    expect(chooseTheme('dark')).toBe('dark');
    expect(chooseTheme('"><script>')).toBe('system');
    expect(chooseTheme(undefined)).toBe('system');
  });
});
