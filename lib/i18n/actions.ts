'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { env } from '@/lib/core/env';
import { localeCookie, locales } from '@/lib/i18n/locale';
import { themeCookie, themes } from '@/lib/i18n/theme';

// A year: a taste, not a session. Browsers cap cookies near that.
const oneYear = 365 * 24 * 3600;

async function remember(name: string, value: string) {
  (await cookies()).set(name, value, {
    path: '/',
    maxAge: oneYear,
    sameSite: 'lax',
    httpOnly: true,
    secure: env().NEXTAUTH_URL.startsWith('https:'),
  });
}

/** Keeps the reader's language, the value of the button pressed (`locale`), in a cookie. @throws ZodError on an unknown language. */
export async function setLocale(form: FormData) {
  await remember(localeCookie, z.enum(locales).parse(form.get('locale')));
}

/** Keeps the reader's theme, the value of the button pressed (`theme`), in a cookie. @throws ZodError on an unknown theme. */
export async function setTheme(form: FormData) {
  await remember(themeCookie, z.enum(themes).parse(form.get('theme')));
}
