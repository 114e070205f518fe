import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { en } from '@/lib/i18n/en';
import { formats } from '@/lib/i18n/formats';
import { fr } from '@/lib/i18n/fr';
import { chooseLocale, localeCookie, timeZone } from '@/lib/i18n/locale';

const messages = { fr, en };

/** next-intl's view of a request: no locale in the URL, so that a link means the same to everyone. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
  return { locale, timeZone, formats, messages: messages[locale] };
});
