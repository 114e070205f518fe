import { and, eq, isNull } from 'drizzle-orm';
import type { TenantScope } from '@/lib/core/scope';
import { lot } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { allowedAddress } from './fetch-file';
import type { Shelf } from './keep-shelf';

/** So many lots tell where the promoter keeps its papers. */
const LOTS_LOOKED_AT = 50;

/**
 * The hosts that hold pictures or documents of the promoter's programmes and lots, and from which none is passed on: missing in
 * `settings.documentHosts`. Looked for in every programme, and in some of its lots.
 */
export async function findMissingHosts(scope: TenantScope, shelf: Shelf): Promise<string[]> {
  const lots = await asTenant(scope, (tx) =>
    tx
      .select({ fields: lot.fields })
      .from(lot)
      .where(and(eq(lot.promoterId, shelf.promoterId), isNull(lot.withdrawnAt)))
      .limit(LOTS_LOOKED_AT),
  );
  const files = [
    ...shelf.programmes.flatMap(({ fields }) => shelf.shaper.readProgramme(fields).files),
    ...lots.flatMap((row) => shelf.shaper.fieldsOf(row).files),
  ];
  const hosts = files.flatMap(({ address }) => {
    const host = allowedAddress(address, shelf.header) === null ? URL.parse(address)?.host : undefined;
    return host ? [host] : [];
  });
  return [...new Set(hosts)].sort();
}
