import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { requiredSecret } from '@/lib/core/env';
import { randomToken } from '@/lib/core/ids';
import { deviceSeconds } from './cookies';
import { limitKey } from './rate-limit';

// Another salt than the session's: neither cookie opens as the other.
const salt = 'parvis-device';
/** A shared desk: the last eight people who signed in from it. */
const peopleMax = 8;

const deviceSchema = z.object({ id: z.string(), people: z.array(z.string()) });
type Device = z.infer<typeof deviceSchema>;

const personOf = (email: string) => limitKey('person', email);

async function openDevice(cookie: string | null): Promise<Device | null> {
  if (!cookie) return null;
  try {
    const parsed = deviceSchema.safeParse(
      await decode({ token: cookie, salt, secret: requiredSecret('NEXTAUTH_SECRET') }),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The id of the device that carries this cookie, if this person has already signed in from it; else null. */
export async function knownDevice(cookie: string | null, email: string): Promise<string | null> {
  const device = await openDevice(cookie);
  return device?.people.includes(personOf(email)) ? device.id : null;
}

/** The name of this browser, known or not; null when it carries no cookie of ours. */
export const browserOf = async (cookie: string | null): Promise<string | null> =>
  (await openDevice(cookie))?.id ?? null;

/** The device cookie's next value for a browser that must be told from others, whoever uses it. */
export async function nameDevice(cookie: string | null, id: string): Promise<string> {
  const people = (await openDevice(cookie))?.people ?? [];
  return encode({
    token: { id, people },
    salt,
    secret: requiredSecret('NEXTAUTH_SECRET'),
    maxAge: deviceSeconds,
  });
}

/** The device cookie's next value, after this person signed in. */
export async function rememberDevice(cookie: string | null, email: string): Promise<string> {
  const device = await openDevice(cookie);
  const person = personOf(email);
  const others = device?.people.filter((known) => known !== person) ?? [];
  const token = { id: device?.id ?? randomToken(18), people: [person, ...others].slice(0, peopleMax) };
  return encode({ token, salt, secret: requiredSecret('NEXTAUTH_SECRET'), maxAge: deviceSeconds });
}
