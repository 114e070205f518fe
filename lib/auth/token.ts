import { decode, encode, type JWT } from 'next-auth/jwt';
import { z } from 'zod';
import { requiredSecret } from '@/lib/core/env';
import { randomToken } from '@/lib/core/ids';
import { absoluteSeconds, idleSeconds } from './cookies';

const claims = z.object({
  sub: z.uuid(),
  sessionVersion: z.number().int(),
  /** This sign-in's own name, so that signing out ends it and no other. */
  sid: z.string().min(16),
  /** When the password was given, in seconds: the absolute limit counts from here. */
  signedInAt: z.number().int(),
  exp: z.number(),
});

/** What a session cookie proves, once decrypted. Times in seconds since 1970. */
export type SessionClaims = z.infer<typeof claims>;

const seconds = () => Math.floor(Date.now() / 1000);

/** The claims of a new sign-in. */
export function newSession(account: { id: string; sessionVersion: number }) {
  return {
    sub: account.id,
    sessionVersion: account.sessionVersion,
    sid: randomToken(18),
    signedInAt: seconds(),
  };
}

/** Encrypts a session (next-auth's own format). Its life is the idle limit, and never passes the absolute one. */
export function encodeSession(token: JWT | Omit<SessionClaims, 'exp'>): Promise<string> {
  const signedInAt = typeof token.signedInAt === 'number' ? token.signedInAt : 0;
  const left = signedInAt + absoluteSeconds - seconds();
  return encode({ token, secret: requiredSecret('NEXTAUTH_SECRET'), maxAge: Math.min(idleSeconds, left) });
}

// Decrypting costs more than all the rest of a gate, and the same cookie comes with every request.
const opened = new Map<string, SessionClaims>();
const openedMax = 5_000;

/** Opens a session cookie; null when it is forged, malformed, idle for too long or too old. */
export async function decodeSession(token: string): Promise<SessionClaims | null> {
  const known = opened.get(token);
  if (known) return alive(known) ? known : null;
  try {
    const parsed = claims.safeParse(await decode({ token, secret: requiredSecret('NEXTAUTH_SECRET') }));
    if (!parsed.success || !alive(parsed.data)) return null;
    if (opened.size >= openedMax) opened.delete(opened.keys().next().value ?? '');
    opened.set(token, parsed.data);
    return parsed.data;
  } catch {
    return null;
  }
}

function alive(session: SessionClaims): boolean {
  const now = seconds();
  return session.exp > now && session.signedInAt + absoluteSeconds > now;
}
