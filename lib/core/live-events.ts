/** The kinds of act that the stream tells of. */
export type ActKind = 'denonciation' | 'option' | 'reservation';

/** How old a promoter's stock is: ISO instants. `promoter` is its slug. */
export type PromoterSeen = { promoter: string; seenAt: string | null; attemptAt: string | null };

/**
 * What `GET /api/events` sends, event by event, as JSON. Only what changed is named: whoever shows it asks for it again, as
 * the person who may see it.
 */
export type LiveEvents = {
  /** First of every connection. `version`: from where the stock's changes follow; whoever holds an older one asks for it. */
  hello: { account: string; promoters: (PromoterSeen & { version: number })[] };
  /** A `StockDelta` of lib/stock/schema in its JSON: for whoever holds the stock. */
  stock: string;
  /** A pull of the mirror has ended. */
  seen: PromoterSeen;
  /** Changes that cannot be given: this promoter's stock must be asked for whole; null, and anything may have changed unheard. */
  resync: { promoter: string | null };
  /** A dénonciation, an option or a reservation came to rest somewhere. */
  act: { act: ActKind; id: string };
  /** This person is told something: the bell asks what. */
  note: Record<string, never>;
  /** This person may see something else than before. `ended`: nothing any more; the stream closes. */
  rights: { ended: boolean };
  /** A sign of life. */
  beat: Record<string, never>;
};
export type LiveKind = keyof LiveEvents;

/** Up to which stock version a browser has been told, by promoter's slug: the id of each event that changes it. */
export type Vector = ReadonlyMap<string, number>;

export const vectorText = (entries: Iterable<readonly [slug: string, version: number]>): string =>
  [...entries].map(([slug, version]) => `${slug}:${version}`).join(',');

/** Reads it back; what is no vector is an empty one. */
export function parseVector(text: string | null): Vector {
  const vector = new Map<string, number>();
  for (const entry of (text ?? '').slice(0, 10_000).split(',')) {
    const [, slug, version] = /^([\w-]{1,80}):(\d{1,15})$/.exec(entry) ?? [];
    if (slug !== undefined) vector.set(slug, Number(version));
  }
  return vector;
}

/** How often the stream gives a sign of life: a browser that misses two takes it for dead. */
export const BEAT_MS = 15_000;
