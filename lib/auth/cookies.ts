import { env } from '@/lib/core/env';

/** Twelve hours without a request: a working day, so that a shared desk does not stay open overnight. */
export const idleSeconds = 12 * 3600;
/** Seven days whatever the activity: a stolen cookie dies within the week. */
export const absoluteSeconds = 7 * 24 * 3600;
/** A year: how long a browser is remembered as one from which its owner has signed in. */
export const deviceSeconds = 365 * 24 * 3600;

export const overHttps = (): boolean => env().NEXTAUTH_URL.startsWith('https:');

/** `__Host-` binds a cookie to this host and to https; browsers refuse the prefix on plain http. */
const hosted = (name: string) => (overHttps() ? `__Host-${name}` : name);

export const sessionCookie = () => hosted('parvis-session');
export const deviceCookie = () => hosted('parvis-device');
export const csrfCookie = () => hosted('parvis-csrf');
export const returnCookie = () => hosted('parvis-return');

/** What every cookie of the gates carries. */
export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: overHttps() }) as const;

/** Reads one cookie of a plain request; null when absent or malformed. */
export const readCookie = (request: Request, name: string): string | null =>
  cookieIn(request.headers.get('cookie'), name);

/** The same of a `Cookie` header. */
export function cookieIn(header: string | null | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
