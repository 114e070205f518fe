import NextAuth from 'next-auth';
import { deviceOfBrowser, keepDevice } from '@/lib/auth/issue-session';
import { type AuthDoors, authOptions } from '@/lib/auth/options';
import { networkOf } from '@/lib/auth/origin';
import { signInSchema } from './schema';
import { signIn } from './sign-in';
import { signOut } from './sign-out';

/** The accounts behind next-auth's own routes: the same verbs as the sign-in page. */
const doors: AuthDoors = {
  async signIn(credentials, headers) {
    const parsed = signInSchema.safeParse(credentials);
    if (!parsed.success) return null;
    const outcome = await signIn(parsed.data, {
      network: networkOf(headers),
      device: await deviceOfBrowser(),
    });
    if (outcome.kind === 'refused') return null;
    await keepDevice(outcome.device);
    if (outcome.kind === 'slowed') throw new Error('slowed');
    return outcome.account;
  },
  endSession: signOut,
};

type Arguments = Parameters<typeof NextAuth>;

/** next-auth's routes, under /api/auth. */
export const serveAuth = (request: Arguments[0], context: Arguments[1]): Promise<Response> =>
  NextAuth(request, context, authOptions(doors));
