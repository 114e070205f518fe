import type { ProgrammeSummary, Shelf, ShelfProgramme, ShelfRow } from './keep-shelf';
import { attachAnnexes } from './rules';
import { decodeLot, type StockAnnex, type StockLot, type WireLot } from './schema';

/** The annex with the code of its lot; null where it has none, or one of a programme that is not among these. */
export function annexOf(shelf: Shelf, row: ShelfRow, visible: ReadonlySet<string>): StockAnnex | null {
  if (!row.annex) return null;
  const { principalGuid, shaped } = row.annex;
  const lot = principalGuid === null ? undefined : shelf.byGuid.get(principalGuid);
  const named = lot?.live && !lot.annex && visible.has(lot.programmeCode);
  return { ...shaped, version: row.version, principal: named ? lot.extcode : null };
}

// A process keeps the decoded lots of the programmes asked for last; decoding one again takes a millisecond.
const KEPT_PROGRAMMES = 200;
const kept = new Set<ShelfProgramme>();

/** The lots of a programme, annexes attached; the same array until one of them changes. */
export function lotsOf(shelf: Shelf, programmeCode: string): StockLot[] {
  const programme = shelf.byProgramme.get(programmeCode);
  if (!programme) return [];
  if (programme.made.lots) return programme.made.lots;
  const lots: StockLot[] = [];
  const annexes: StockAnnex[] = [];
  const visible = new Set([programmeCode]);
  for (const row of programme.rows) {
    if (!row.live) continue;
    const annex = annexOf(shelf, row, visible);
    if (annex) annexes.push(annex);
    else lots.push(lotOf(shelf, row));
  }
  programme.made.lots = attachAnnexes(lots, annexes);
  kept.delete(programme);
  kept.add(programme);
  const [oldest] = kept;
  if (oldest && kept.size > KEPT_PROGRAMMES) {
    oldest.made = {};
    kept.delete(oldest);
  }
  return programme.made.lots;
}

function lotOf(shelf: Shelf, row: ShelfRow): StockLot {
  const wire: WireLot = JSON.parse(row.wire);
  return decodeLot(wire, shelf.header.slug, shelf.extras);
}

/** Counts, lowest free price and typologies of a programme's lots. */
export function summaryOf(shelf: Shelf, programmeCode: string): ProgrammeSummary {
  const programme = shelf.byProgramme.get(programmeCode);
  if (programme?.made.summary) return programme.made.summary;
  const summary: ProgrammeSummary = {
    total: 0,
    counts: { libre: 0, option: 0, preresv: 0, resv: 0, bloque: 0, acte: 0, other: 0 },
    priceFromCents: null,
    typologies: [],
  };
  const typologies = new Set<string>();
  for (const { live, annex, family, priceCents, typology } of programme?.rows ?? []) {
    if (!live || annex) continue;
    summary.total += 1;
    summary.counts[family] += 1;
    if (typology !== null) typologies.add(typology);
    if (family !== 'libre' || priceCents === null) continue;
    summary.priceFromCents = Math.min(priceCents, summary.priceFromCents ?? priceCents);
  }
  summary.typologies = [...typologies].sort();
  if (programme) programme.made.summary = summary;
  return summary;
}
