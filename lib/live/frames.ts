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
