import { z } from 'zod';
import type { Account } from '@/scripts/provisioning';

/** Signs a person in over HTTP as a program does; the cookies to send from then on. */
export async function signIn(url: string, { email, password }: Account): Promise<string> {
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await asked.json());
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(asked), origin: url },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
    redirect: 'manual',
  });
  const cookie = cookiesOf(answer);
  if (!cookie.includes('parvis-session=')) throw new Error(`Sign-in answered ${answer.status}`);
  return cookie;
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
