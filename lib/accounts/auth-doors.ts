import { deviceOfBrowser, keepDevice } from '@/lib/auth/issue-session';
import type { AuthDoors } from '@/lib/auth/options';
import { networkOf } from '@/lib/auth/origin';
import { signInSchema } from './schema';
import { signIn } from './sign-in';
import { signOut } from './sign-out';

/** The accounts behind next-auth's own routes: the same verbs as the sign-in page. */
export const authDoors: AuthDoors = {
  async signIn(credentials, headers) {
    const parsed = signInSchema.safeParse(credentials);
    if (!parsed.success) return null;
    const device = await deviceOfBrowser();
    const outcome = await signIn(parsed.data, { network: networkOf(headers), device });
    if (outcome.kind === 'slowed') throw new Error('slowed');
    if (outcome.kind === 'refused') return null;
    await keepDevice(outcome.device);
    return outcome.account;
  },
  endSession: signOut,
};
