import type { TenantScope } from '@/lib/core/scope';
import { asTenant } from '@/lib/db/tenancy';
import type { MappedFile } from './map-fields';
import { lotRow } from './queries';
import { lotsOf } from './read-shelf';
import type { Sight } from './reveal-stock';
import type { StockLot } from './schema';

/** One lot from the database, with what the stock in memory leaves out; its annexes come from there. */
export type ReadLot = {
  lot: StockLot;
  description: string | null;
  files: MappedFile[];
};

/** Reads a lot of the sight's promoter, withdrawn or not; null when it is not there or not visible. */
export async function readLot(scope: TenantScope, sight: Sight, extcode: string): Promise<ReadLot | null> {
  const { shelf, codes } = sight;
  const row = await asTenant(scope, (tx) => lotRow(tx, shelf.promoterId, extcode));
  if (!row || !codes.has(row.programmeCode)) return null;
  const kept = lotsOf(shelf, row.programmeCode).find((lot) => lot.extcode === extcode);
  return {
    lot: { ...shelf.shaper.lot(row), annexes: kept?.annexes ?? [] },
    description: row.description,
    files: shelf.shaper.fieldsOf(row).files,
  };
}
