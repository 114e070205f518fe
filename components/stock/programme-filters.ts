import { tally } from '@/components/stock/choice-counts';
import { nameKey } from '@/lib/core/normalise';
import { countFamilies, mayAskOption, priceFrom, statusFamily } from '@/lib/stock/rules';
import type { ProgrammeCard, StockLot } from '@/lib/stock/schema';

/** What narrows the list of programmes. Budget in whole euros, deliveries in years. */
export type ProgrammeFilters = {
  query: string;
  cities: string[];
  promoters: string[];
  deliveries: number[];
  typologies: string[];
  budget: number | null;
  free: boolean;
};

/** One programme as the list shows it; `matching` is null when nothing is asked of its lots. */
export type ProgrammeView = { card: ProgrammeCard; matching: number | null };

/** The lots of each programme, by `programmeKey`. */
export type LotsByProgramme = ReadonlyMap<string, readonly StockLot[]>;

export function programmeKey({ promoter, code }: Pick<ProgrammeCard, 'promoter' | 'code'>): string {
  return `${promoter}/${code}`;
}

/** The cards with their counts as the stock in the browser has them; a programme not downloaded yet stays as the server drew it. */
export function liveCards(cards: readonly ProgrammeCard[], held: LotsByProgramme): ProgrammeCard[] {
  return cards.map((card) => {
    const lots = held.get(programmeKey(card));
    return lots
      ? { ...card, total: lots.length, counts: countFamilies(lots), priceFromCents: priceFrom(lots) }
      : card;
  });
}

/** The programmes that answer all the filters, in their order. */
export function applyProgrammeFilters(
  cards: readonly ProgrammeCard[],
  held: LotsByProgramme,
  filters: ProgrammeFilters,
): ProgrammeView[] {
  const query = nameKey(filters.query);
  const now = new Date();
  const asksLots = filters.typologies.length > 0 || filters.budget !== null || filters.free;
  return cards.flatMap((card): ProgrammeView[] => {
    const place = nameKey(
      [card.label, card.city, card.zip, card.address, card.promoterName, card.code].join(' '),
    );
    if (query !== '' && !place.includes(query)) return [];
    if (!among(filters.cities, card.city) || !among(filters.promoters, card.promoter)) return [];
    if (!among(filters.deliveries, card.delivery?.year ?? null)) return [];
    if (!asksLots) return [{ card, matching: null }];
    const lots = held.get(programmeKey(card));
    if (!lots) return mayHold(card, filters) ? [{ card, matching: null }] : [];
    const matching = lots.reduce((count, lot) => count + (answers(lot, filters, now) ? 1 : 0), 0);
    return matching > 0 ? [{ card, matching }] : [];
  });
}

function among<T>(chosen: readonly T[], value: T | null): boolean {
  return chosen.length === 0 || (value !== null && chosen.includes(value));
}

/** Whether a lot that may still be had answers the filters. */
function answers(lot: StockLot, { typologies, budget, free }: ProgrammeFilters, now: Date): boolean {
  if (!among(typologies, lot.typology)) return false;
  if (budget !== null && (lot.priceCents === null || lot.priceCents > budget * 100)) return false;
  return free ? statusFamily(lot.statusCode, lot.result) === 'libre' : mayAskOption(lot, now);
}

/** The same question when only the card's sums are known: never a wrong no. */
function mayHold(card: ProgrammeCard, { typologies, budget, free }: ProgrammeFilters): boolean {
  if (typologies.length > 0 && !typologies.some((typology) => card.typologies.includes(typology)))
    return false;
  if (free && card.counts.libre === 0) return false;
  if (budget === null || !free) return true;
  return card.priceFromCents !== null && card.priceFromCents <= budget * 100;
}

/** The choices that these programmes offer, each with its number of programmes. */
export function programmeChoices(cards: readonly ProgrammeCard[]) {
  const choice = <T extends string | number>(values: (card: ProgrammeCard) => readonly (T | null)[]) => {
    const counts = tally(cards, (card) => values(card).filter((value) => value !== null));
    return { values: [...counts.keys()].sort(inOrder), counts };
  };
  return {
    cities: choice((card) => [card.city]),
    promoters: choice((card) => [card.promoter]),
    deliveries: choice((card) => [card.delivery?.year ?? null]),
    typologies: choice((card) => card.typologies),
  };
}

const collator = new Intl.Collator('fr', { numeric: true });
const inOrder = (a: string | number, b: string | number) => collator.compare(String(a), String(b));
