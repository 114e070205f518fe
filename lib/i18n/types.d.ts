import type { formats } from '@/lib/i18n/formats';
import type { fr } from '@/lib/i18n/fr';
import type { Locale as ParvisLocale } from '@/lib/i18n/locale';

declare module 'next-intl' {
  interface AppConfig {
    Locale: ParvisLocale;
    Messages: typeof fr;
    Formats: typeof formats;
  }
}
