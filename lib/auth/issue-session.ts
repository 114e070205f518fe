import { cookies } from 'next/headers';
import { cookieOptions, deviceCookie, deviceSeconds, idleSeconds, sessionCookie } from './cookies';
import { encodeSession, newSession } from './token';

/** Gives this browser a session of its own. In an action or a route handler only. */
export async function issueSession(account: { id: string; sessionVersion: number }): Promise<void> {
  const token = await encodeSession(newSession(account));
  (await cookies()).set(sessionCookie(), token, { ...cookieOptions(), maxAge: idleSeconds });
}

/** Takes the session's cookie away from this browser. */
export async function dropSession(): Promise<void> {
  (await cookies()).set(sessionCookie(), '', { ...cookieOptions(), maxAge: 0 });
}

/** What this browser shows of earlier sign-ins. */
export async function deviceOfBrowser(): Promise<string | null> {
  return (await cookies()).get(deviceCookie())?.value ?? null;
}

/** Lets this browser be known again, whoever signs in next. */
export async function keepDevice(device: string): Promise<void> {
  (await cookies()).set(deviceCookie(), device, { ...cookieOptions(), maxAge: deviceSeconds });
}
