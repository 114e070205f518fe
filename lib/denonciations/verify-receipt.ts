import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { requiredSecret } from '@/lib/core/env';
import { cabinet, denonciation, programme, promoter, prospect } from '@/lib/db/schema/all';
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

/** What anyone who holds a receipt may learn of it, to compare with what is printed: of the prospect the initials alone. */
export type VerifiedReceipt = {
  reference: string;
  state: DenonciationState;
  filedAt: Date;
  decidedAt: Date | null;
  promoter: string;
  programme: string;
  initials: string;
  cabinet: string;
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
        programmeLabel: programme.label,
        cabinetName: cabinet.name,
        firstName: prospect.firstName,
        lastName: prospect.lastName,
      })
      .from(denonciation)
      .innerJoin(promoter, eq(promoter.id, denonciation.promoterId))
      .innerJoin(cabinet, eq(cabinet.id, denonciation.cabinetId))
      .innerJoin(prospect, eq(prospect.id, denonciation.prospectId))
      .leftJoin(
        programme,
        and(
          eq(programme.promoterId, denonciation.promoterId),
          eq(programme.code, denonciation.programmeCode),
        ),
      )
      .where(eq(denonciation.reference, reference)),
  );
  if (!row || !timingSafeEqual(Buffer.from(mac(row)), Buffer.from(letters.slice(10)))) return null;
  const { state, filedAt, decidedAt, promoterName, programmeLabel, cabinetName } = row;
  return {
    ...{ reference, state, filedAt, decidedAt },
    promoter: promoterName,
    programme: `${programmeLabel ?? row.programme.code} (${row.programme.code})`,
    initials: initialsOf(row.firstName, row.lastName),
    cabinet: cabinetName,
  };
}

/** « A. D. », each by its first letter as a reader counts them. */
const initialsOf = (...names: string[]): string =>
  names.map((name) => `${Array.from(name.trim())[0]?.toUpperCase() ?? '?'}.`).join(' ');
