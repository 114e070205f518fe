import type { NextAuthOptions, User } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { requiredSecret } from '@/lib/core/env';
import { faultFacts, log } from '@/lib/core/log';
import { signedIn } from './actor';
import { cookieOptions, csrfCookie, idleSeconds, returnCookie, sessionCookie } from './cookies';
import { encodeSession, newSession } from './token';

declare module 'next-auth' {
  interface User {
    sessionVersion: number;
  }
}

/** What the accounts' domain does behind next-auth's routes. */
export type AuthDoors = {
  /** The account that these credentials open, or null. @throws Error with the code to show. */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<User | null>;
  /** Ends one session for good. */
  endSession(session: { sid: string; sub: string }): Promise<void>;
};

/**
 * next-auth's routes: sign-in and sign-out for programs, the token against forged requests, and the session's renewal, which
 * a page asks for while it is used. The sign-in page itself posts an action, which works before its script has come.
 */
export function authOptions(doors: AuthDoors): NextAuthOptions {
  const cookie = (name: string) => ({ name, options: cookieOptions() });
  return {
    secret: requiredSecret('NEXTAUTH_SECRET'),
    session: { strategy: 'jwt', maxAge: idleSeconds },
    jwt: {
      encode: ({ token }) => encodeSession(token ?? {}),
      // An ended session is not renewed.
      decode: async ({ token }) => (await signedIn(token))?.session ?? null,
    },
    pages: { signIn: '/connexion', signOut: '/connexion', error: '/connexion' },
    cookies: {
      sessionToken: cookie(sessionCookie()),
      csrfToken: cookie(csrfCookie()),
      callbackUrl: cookie(returnCookie()),
    },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials, { headers }) =>
          credentials ? doors.signIn(credentials, new Headers(headers)) : Promise.resolve(null),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => (user ? newSession(user) : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub && typeof token.sid === 'string')
          await doors.endSession({ sid: token.sid, sub: token.sub });
      },
    },
    logger: {
      error: (code, metadata) => log().warn({ code, ...faultFacts(metadata) }, 'next-auth'),
      warn: (code) => log().warn({ code }, 'next-auth'),
      debug: () => {},
    },
  };
}
