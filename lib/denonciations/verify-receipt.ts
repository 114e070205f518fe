import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { requiredSecret } from '@/lib/core/env';
import { denonciation, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import type { DenonciationState } from './schema';

/** What a receipt attests, of which the code is made. Times to the millisecond. */
type Facts = {
  id: string;
  reference: string;
  state: DenonciationState;
  proof: string | null;
  code: string | null;
  filedAt: Date;
  decidedAt: Date | null;
  programme: { code: string; promoter: string };
};

// Crockford's letters, as in references.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Sixteen letters of five bits: 80 bits, out of reach of guessing through a web page. */
const LETTERS = 16;

/**
 * The receipt's check code: the reference, then an HMAC of the facts under a key of its own derived from NEXTAUTH_SECRET. It
 * changes when the facts do.
 */
export function checkCode(facts: Facts): string {
  const groups = facts.reference + mac(facts);
  return groups.match(/.{1,5}/g)?.join('-') ?? groups;
}

function mac({ id, reference, state, proof, code, filedAt, decidedAt, programme }: Facts): string {
  const key = Buffer.from(hkdfSync('sha256', requiredSecret('NEXTAUTH_SECRET'), '', 'parvis receipt', 32));
  const text = JSON.stringify([
    ...[id, reference, state, proof, code, filedAt.toISOString(), decidedAt?.toISOString() ?? null],
    ...[programme.code, programme.promoter],
  ]);
  const digest = createHmac('sha256', key).update(text).digest();
  return Array.from(digest.subarray(0, LETTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** What anyone who holds a receipt may learn of it: nothing of the prospect. */
export type VerifiedReceipt = {
  reference: string;
  state: DenonciationState;
  filedAt: Date;
  promoter: string;
};

/**
 * Checks a receipt's code, typed with or without dashes and in either case.
 * @returns null when no receipt bears it, or when the facts are no longer those it was made of
 */
export async function verifyReceipt(typed: string): Promise<VerifiedReceipt | null> {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (letters.length !== 10 + LETTERS) return null;
  const reference = letters.slice(0, 10);
  const [row] = await asSystem((tx) =>
    tx
      .select({
        id: denonciation.id,
        reference: denonciation.reference,
        state: denonciation.state,
        proof: denonciation.proof,
        code: denonciation.code,
        filedAt: denonciation.filedAt,
        decidedAt: denonciation.decidedAt,
        programme: { code: denonciation.programmeCode, promoter: promoter.slug },
        promoterName: promoter.name,
      })
      .from(denonciation)
      .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
      .where(eq(denonciation.reference, reference)),
  );
  if (!row || !timingSafeEqual(Buffer.from(mac(row)), Buffer.from(letters.slice(10)))) return null;
  return { reference, state: row.state, filedAt: row.filedAt, promoter: row.promoterName };
}
