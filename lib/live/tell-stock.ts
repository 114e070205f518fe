import type { PromoterId } from '@/lib/core/scope';
import { deltaText } from '@/lib/stock/compose-snapshot';
import type { StockHeader } from '@/lib/stock/queries';
import { revealStock, type Sight } from '@/lib/stock/reveal-stock';
import { frame, rawFrame } from './frames';
import type { Rights } from './rights';
import { resumeId, type Viewer } from './viewer';

/**
 * Tells these streams what changed of one promoter's stock since each was last told. What the same people see is composed once,
 * and encoded once for all streams that stand at the same versions: they are given the same bytes.
 * @returns the header of the stock they were told of; null when none of them may see it
 */
export async function tellStock(
  promoter: PromoterId,
  viewers: readonly Viewer[],
): Promise<StockHeader | null> {
  const sights = await sightsOf(promoter, new Set(viewers.map(({ rights }) => rights)));
  const texts = new Map<string, string | null>();
  const frames = new Map<string, Buffer>();
  let header: StockHeader | null = null;
  for (const viewer of viewers) {
    // Their rights may have changed while the stock was read: then they are told in the next round.
    const sight = sights.get(viewer.rights);
    if (!sight) continue;
    const { shelf, scope } = sight;
    header = shelf.header;
    const { slug } = header;
    const since = viewer.told.get(promoter)?.version;
    if (since === shelf.version) continue;
    viewer.told.set(promoter, { slug, version: shelf.version });
    const change =
      since === undefined ? null : once(texts, `${scope} ${since}`, () => deltaText(sight, since));
    const id = resumeId(viewer);
    viewer.sink.write(
      once(frames, change === null ? `none ${id}` : `${scope} ${since} ${id}`, () =>
        change === null ? frame('resync', { promoter: slug }, id) : rawFrame('stock', change, id),
      ),
    );
  }
  return header;
}

/** What each kind of rights shows of the promoter's stock. */
export async function sightsOf(
  promoter: PromoterId,
  kinds: ReadonlySet<Rights>,
): Promise<ReadonlyMap<Rights, Sight>> {
  const sights = new Map<Rights, Sight>();
  for (const rights of kinds) {
    const grant = rights.grants.get(promoter);
    const sight = grant && (await revealStock(rights.scope, grant));
    if (sight) sights.set(rights, sight);
  }
  return sights;
}

function once<Value extends Buffer | string | null>(
  known: Map<string, Value>,
  key: string,
  make: () => Value,
): Value {
  const value = known.get(key);
  if (value !== undefined) return value;
  const made = make();
  known.set(key, made);
  return made;
}
