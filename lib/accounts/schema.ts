import { z } from 'zod';
import { normaliseEmail } from '@/lib/core/normalise';

// Messages are codes; they become sentences in messages/*/accounts.json, under `fields`.

/** Twelve characters, and no rule on which: length is what resists. The top keeps hashing cheap to refuse. */
export const passwordMin = 12;
export const passwordMax = 256;

const email = z.string().transform(normaliseEmail).pipe(z.email('email-invalid').max(254, 'email-invalid'));
const presentPassword = z.string().min(1, 'password-missing').max(passwordMax, 'password-long');
const newPassword = z.string().min(passwordMin, 'password-short').max(passwordMax, 'password-long');
const name = z.string().trim().min(1, 'name-missing').max(120, 'name-long');
const secret = z.string().regex(/^[\w-]{20,100}$/, 'link-invalid');

export const signInSchema = z.object({ email, password: presentPassword, suite: z.string().optional() });
export const forgottenSchema = z.object({ email });
export const choosePasswordSchema = z.object({ secret, password: newPassword });
export const firstAccountSchema = z.object({ secret, name, email, password: newPassword });
export const changePasswordSchema = z.object({ present: presentPassword, password: newPassword });
export const profileSchema = z.object({ name });
export const accountIdSchema = z.object({ id: z.uuid() });
export const roleSchema = z.object({ id: z.uuid(), role: z.enum(['adviser', 'manager']) });

export type SignInInput = z.input<typeof signInSchema>;
export type FirstAccountInput = z.output<typeof firstAccountSchema>;
