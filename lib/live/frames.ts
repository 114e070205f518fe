import type { LiveEvents, LiveKind } from '@/lib/core/live-events';

/** One event as it goes over the wire (HTML, « Server-sent events »). @param id where the browser resumes from after it */
export function frame<Kind extends LiveKind>(kind: Kind, data: LiveEvents[Kind], id?: string): Buffer {
  return rawFrame(kind, JSON.stringify(data), id);
}

/** The same of data that is one line of JSON already. */
export function rawFrame(kind: LiveKind, json: string, id?: string): Buffer {
  return Buffer.from(`event: ${kind}\ndata: ${json}\n${id === undefined ? '' : `id: ${id}\n`}\n`);
}

/** The comment keeps proxies from closing a silent connection; the event tells the browser, which never sees comments. */
export const beatFrame = Buffer.concat([Buffer.from(': heartbeat\n'), frame('beat', {})]);

/** How long a browser waits before it asks again for a stream that ended. */
export const retryFrame = Buffer.from('retry: 1000\n\n');

/** Up to which stock version a browser has been told, by promoter's slug: the id of every event that changes it. */
export type Vector = ReadonlyMap<string, number>;

export function vectorText(entries: Iterable<readonly [slug: string, version: number]>): string {
  return [...entries].map(([slug, version]) => `${slug}:${version}`).join(',');
}

/** What the browser sent back. Anything else than a vector is as if it had nothing. */
export function parseVector(text: string | null): Vector {
  const vector = new Map<string, number>();
  for (const entry of (text ?? '').slice(0, 10_000).split(',')) {
    const [, slug, version] = /^([\w-]{1,80}):(\d{1,15})$/.exec(entry) ?? [];
    if (slug !== undefined) vector.set(slug, Number(version));
  }
  return vector;
}
