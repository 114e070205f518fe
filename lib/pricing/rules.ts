import { addMonths, type Day } from '@/lib/core/days';
import type { Cents } from '@/lib/core/money';

/** What a text of law said of the deposit from a day on: its share of the price, by how soon the deed is to be signed. */
export type DepositLaw = {
  since: Day;
  source: string;
  steps: readonly { withinMonths: number; percent: number }[];
};

/**
 * Caps of the deposit of a contrat de réservation (VEFA), oldest first. The delay runs to the deed, not to the delivery.
 * A change of the law is one more entry: what was signed before keeps the cap of its day (docs/decisions/0008).
 */
export const DEPOSIT_LAWS: readonly DepositLaw[] = [
  {
    since: '1978-06-08',
    source: 'CCH, art. R261-28',
    steps: [
      { withinMonths: 12, percent: 5 },
      { withinMonths: 24, percent: 2 },
    ],
  },
];

/** The entry of a dated table that holds on a day; the oldest before it began. */
export function heldOn<Entry extends { since: Day }>(table: readonly Entry[], day: Day): Entry {
  const entry = table.findLast(({ since }) => since <= day) ?? table[0];
  if (!entry) throw new Error('An empty table of law');
  return entry;
}

/** The most that a deposit may be. `withinMonths`: the delay whose percentage holds; null beyond all, where none may be asked for. */
export type DepositCap = { capCents: Cents; percent: number; withinMonths: number | null; source: string };

/** The cap for a reservation signed on a day, whose deed is expected on another. Cents are rounded down: a cap is not exceeded. */
export function depositCap(priceCents: Cents, { signed, deed }: { signed: Day; deed: Day }): DepositCap {
  const { steps, source } = heldOn(DEPOSIT_LAWS, signed);
  const step = steps.find(({ withinMonths }) => deed <= addMonths(signed, withinMonths));
  if (!step) return { capCents: 0, percent: 0, withinMonths: null, source };
  return { capCents: Math.floor((priceCents * step.percent) / 100), ...step, source };
}

/** A rate of VAT on new homes; `per10000` of the price before tax. */
export type VatRate = { code: string; per10000: number; since: Day; until: Day | null; source: string };

/** Rates in force, by day. Whether a buyer has a right to a reduced one is the promoter's and the notary's to say. */
export const VAT_RATES: readonly VatRate[] = [
  { code: '20', per10000: 2000, since: '2014-01-01', until: null, source: 'CGI, art. 278' },
  { code: '10', per10000: 1000, since: '2014-07-01', until: null, source: 'CGI, art. 279-0 bis A' },
  { code: '5.5', per10000: 550, since: '2014-01-01', until: null, source: 'CGI, art. 278 sexies' },
];

export const vatRatesOn = (day: Day): readonly VatRate[] =>
  VAT_RATES.filter(({ since, until }) => since <= day && (until === null || day <= until));

/** The tax within a price that includes it, in cents, rounded to the nearest. */
export function vatWithin(priceCents: Cents, per10000: number): Cents {
  return priceCents - Math.round((priceCents * 10_000) / (10_000 + per10000));
}

/** What a purchase costs, what pays for it, and what is still to be found (negative: more than needed). */
export type Funding = { totalCents: Cents; fundedCents: Cents; missingCents: Cents };

/** Sums of a file; an amount not given counts for nothing. Annexes are sold beside the price. */
export function fundingOf(file: {
  price: Cents | null;
  annexes: readonly (Cents | null)[];
  means: readonly (Cents | null)[];
}): Funding {
  const sum = (amounts: readonly (Cents | null)[]) =>
    amounts.reduce<Cents>((total, amount) => total + (amount ?? 0), 0);
  const totalCents = sum([file.price, ...file.annexes]);
  const fundedCents = sum(file.means);
  return { totalCents, fundedCents, missingCents: totalCents - fundedCents };
}
