import { nameKey } from '@/lib/core/normalise';

/** Who a prospect is, as the cabinet gave it or as Koban holds it. */
export type Identity = {
  lastName: string | null;
  firstName: string | null;
  email: string | null;
  phones: (string | null)[];
};

/**
 * Whether a third found in Koban is the prospect: the same last name, no other first name, and the same e-mail or phone.
 * A couple may share an address and a telephone, and an option must not go to the other of the two.
 */
export function isSamePerson(prospect: Identity, third: Identity): boolean {
  const known = (one: string | null, other: string | null) => one !== null && other !== null && one === other;
  const key = (name: string | null) => (name ? nameKey(name) : null);
  if (!known(key(prospect.lastName), key(third.lastName))) return false;
  const firstName = key(third.firstName);
  if (firstName && firstName !== key(prospect.firstName)) return false;
  return (
    known(prospect.email, third.email) ||
    prospect.phones.some((phone) => phone !== null && third.phones.includes(phone))
  );
}

/** The words of a search, as `prospect.search` holds them; a telephone typed « 06 12… » is one word without its zero. */
export function searchWords(typed: string): string[] {
  const digits = typed.replace(/\D/g, '');
  if (digits.length >= 4 && /^[\d\s.+()-]+$/.test(typed)) return [digits.replace(/^(?:0033|33|0)/, '')];
  return nameKey(typed).split(' ').filter(Boolean);
}
