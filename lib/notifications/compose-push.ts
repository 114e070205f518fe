import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  createPublicKey,
  type ECDH,
  hkdfSync,
  type JsonWebKey,
  randomBytes,
  sign,
} from 'node:crypto';
import { requiredSecret } from '@/lib/core/env';
import type { Subscription } from './schema';

const CURVE = 'prime256v1';
/** How long a push service keeps a message for a browser that is away, in seconds: a day. */
const TTL_SECONDS = 86_400;
/** A token of the sender is good for half a day; push services refuse more than one. */
const TOKEN_SECONDS = 43_200;

const derive = (secret: Buffer, salt: Buffer, info: Buffer | string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length));

let pair: ECDH | undefined;

/**
 * The key pair by which push services know the portal (RFC 8292). Derived from the deployment's own secret: every process has
 * the same one, and there is nothing more to keep.
 */
function senderKeys(): ECDH {
  if (pair) return pair;
  const secret = Buffer.from(requiredSecret('APP_ENCRYPTION_KEY'), 'base64');
  const keys = createECDH(CURVE);
  keys.setPrivateKey(derive(secret, Buffer.alloc(0), 'parvis web push sender', 32));
  pair = keys;
  return keys;
}

/** The public key that a browser is given when it agrees to pushes, in base64url. */
export const senderPublicKey = (): string => senderKeys().getPublicKey('base64url');

/**
 * Encrypts a message for one browser (RFC 8291): only that browser reads it, the push service does not.
 * @param own fixed keys and salt of a test vector; made anew for each message otherwise
 */
export function sealPush(
  message: string,
  { keys }: Pick<Subscription, 'keys'>,
  own: { ecdh: ECDH; salt: Buffer } = { ecdh: freshPair(), salt: randomBytes(16) },
): Buffer {
  const theirs = Buffer.from(keys.p256dh, 'base64url');
  const ours = own.ecdh.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const secret = derive(own.ecdh.computeSecret(theirs), Buffer.from(keys.auth, 'base64url'), info, 32);
  const key = derive(secret, own.salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(secret, own.salt, 'Content-Encoding: nonce\0', 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // One record, closed by the delimiter 2.
  const body = Buffer.concat([
    cipher.update(message, 'utf8'),
    cipher.update(Buffer.from([2])),
    cipher.final(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(4096);
  return Buffer.concat([own.salt, size, Buffer.from([ours.length]), ours, body, cipher.getAuthTag()]);
}

function freshPair(): ECDH {
  const ecdh = createECDH(CURVE);
  ecdh.generateKeys();
  return ecdh;
}

/** What says to a push service who sends (RFC 8292): a token signed for that service, and the key to check it by. */
export function senderHeaders(endpoint: string, contact: string, now: Date): Record<string, string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const expires = Math.floor(now.getTime() / 1000) + TOKEN_SECONDS;
  const claims = { aud: new URL(endpoint).origin, exp: expires, sub: contact };
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: signingKey(), dsaEncoding: 'ieee-p1363' });
  return {
    authorization: `vapid t=${signed}.${signature.toString('base64url')}, k=${senderPublicKey()}`,
    ttl: String(TTL_SECONDS),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
  };
}

const signingKey = () => createPrivateKey({ key: { ...publicJwk(), d: privatePart() }, format: 'jwk' });

/** The public half as Node verifies by it. */
export const verifyingKey = () => createPublicKey({ key: publicJwk(), format: 'jwk' });

function publicJwk(): JsonWebKey {
  // An uncompressed point: 4, then the two coordinates.
  const point = senderKeys().getPublicKey();
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  return { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) };
}

const privatePart = (): string => senderKeys().getPrivateKey().toString('base64url');
