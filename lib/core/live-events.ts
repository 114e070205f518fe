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
  /** A `StockDelta` (lib/stock/schema), of which this much matters to everyone. */
  stock: { promoter: string; since: number; version: number };
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

/** How often the stream gives a sign of life: a browser that misses two takes it for dead. */
export const BEAT_MS = 15_000;
