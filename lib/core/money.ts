import { intlTag, type Locale } from './locale';

/** An amount of money in integer cents of a euro. */
export type Cents = number;

const DECIMAL = /^(\d+)(?:[.,](\d*))?$/;
const SPACES = /[\s\u00a0\u2007\u202f]/g;
// « 352.500,50 », « 352,500.50 », « 352 500 » : groups of three, then at most two decimals behind the other sign.
const GROUPED_BY_POINT = /^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/;
const GROUPED_BY_COMMA = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/;
const PLAIN = /^\d+(?:[.,]\d{0,2})?$/;

/**
 * Cents of an amount in decimal euros as Koban sends it (`Amountprev`, `PrixVente`), half a cent rounded up.
 * The decimal digits are read as text, since 1.005 * 100 is not 100.5 in binary.
 * @returns null for what is no price: not a number, negative, infinite, or beyond exact integers.
 */
export function centsFromEuros(euros: number | string): Cents | null {
  if (typeof euros === 'number' && !Number.isFinite(euros)) return null;
  const text = typeof euros === 'number' ? decimalText(euros) : euros.replace(SPACES, '');
  return centsFromDigits(text);
}

// Numbers below 1e-6 print with an exponent; they are less than half a cent.
function decimalText(value: number): string {
  return Math.abs(value) < 1e-6 ? '0' : String(value);
}

function centsFromDigits(text: string): Cents | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const decimals = match[2] ?? '';
  const cents =
    Number(match[1] + decimals.padEnd(2, '0').slice(0, 2)) + (Number(decimals[2] ?? 0) >= 5 ? 1 : 0);
  return Number.isSafeInteger(cents) ? cents : null;
}

/** Decimal euros of an amount in cents, as Koban expects them (`PrixVente`, `Garantie`). */
export function eurosFromCents(cents: Cents): number {
  return cents / 100;
}

/** « 352 500 », « 7 050,50 »: an amount as a person would type it into a field, which `parseEuros` reads back. */
export function typedEuros(cents: Cents): string {
  const [euros = '', rest] = (cents / 100).toFixed(cents % 100 === 0 ? 0 : 2).split('.');
  const grouped = euros.replace(/\B(?=(\d{3})+$)/g, ' ');
  return rest === undefined ? grouped : `${grouped},${rest}`;
}

/** « 352 500 € » or « €352,500 », never broken over two lines; decimals only when there are cents. */
export function formatCents(cents: Cents, locale: Locale): string {
  const text = formatter(locale, cents % 100 === 0 ? 0 : 2).format(cents / 100);
  // The narrow no-break space is a tenth of an em in the portal's font: thousands would run together.
  return text.replaceAll('\u202F', '\u00A0');
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: Locale, decimals: number): Intl.NumberFormat {
  const key = `${locale}${decimals}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(intlTag(locale), {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formatters.set(key, made);
  return made;
}

/**
 * Cents of an amount typed by a person: « 352 500,50 € », « 352.500 », « 352,500.50 ».
 * One sign followed by exactly three digits groups thousands: nobody types thousandths of a euro.
 * @returns null when the text is not one clear, positive amount.
 */
export function parseEuros(typed: string): Cents | null {
  const text = typed.replace(SPACES, '').replace(/^€|(?:€|eur|euros?)$/i, '');
  if (GROUPED_BY_POINT.test(text)) return centsFromDigits(text.replaceAll('.', ''));
  if (GROUPED_BY_COMMA.test(text)) return centsFromDigits(text.replaceAll(',', ''));
  return PLAIN.test(text) ? centsFromDigits(text) : null;
}
