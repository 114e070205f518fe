import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { requiredSecret } from './env';

const key = () => Buffer.from(requiredSecret('APP_ENCRYPTION_KEY'), 'base64');

/**
 * Seals a secret for the database with AES-256-GCM. `owner` (the tenant's id) is bound to it: the sealed text
 * opens for no other tenant.
 */
export function seal(plain: string, owner: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  cipher.setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Opens what `seal` made. @throws when the key, the owner or the text is not the one that sealed it. */
export function unseal(sealed: string, owner: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

/**
 * A person's datum as a key to find it by again, and no way back: HMAC-SHA-256 under a key of its own, drawn from
 * APP_ENCRYPTION_KEY. A plain hash of a telephone is undone by trying them all.
 */
export function blindKey(datum: string): string {
  const own = Buffer.from(hkdfSync('sha256', key(), '', 'parvis-blind-key', 32));
  return createHmac('sha256', own).update(datum).digest('hex');
}

/** SHA-256 in hex: for links' secrets and for proofs of what was sent. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
