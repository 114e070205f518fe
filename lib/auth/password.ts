import { hash, verify } from '@node-rs/argon2';
import { bulkhead } from 'cockatiel';

/** RFC 9106 by way of OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Two at a time: a flood of sign-ins takes 38 MiB and leaves the other requests their processor.
const lanes = bulkhead(2, 200);

/** A hash of nobody's password, at the same cost: an unknown address takes as long as a known one. */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$A5ib7JNDQ/JRciU/CNjcKw$CzaFxZckTeOKo8toexDKyqMV+SIlMUSToUyHNIWjJ/w';

/** The form under which a password is hashed: two keyboards may write one accented letter in two ways. */
const canonical = (password: string) => password.normalize('NFKC');

/** An argon2id hash. @throws when two hundred are already waiting. */
export function hashPassword(password: string): Promise<string> {
  return lanes.execute(() => hash(canonical(password), cost));
}

/** Whether this is the password of that hash; without a hash it answers no, and takes as long. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await lanes.execute(() => verify(passwordHash ?? nobody, canonical(password)));
  return right && passwordHash !== null;
}
