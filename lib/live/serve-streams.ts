import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { openStream } from './open-stream';

// Development loads instrumentation again when it changes: the streams stay with whom they were opened by.
const slot = globalThis as typeof globalThis & { parvisStreams?: true };

/**
 * Answers `GET /api/events` in the servers of this process before Next sees it: what Next keeps for a request as long as it is
 * open weighs more than the stream (decision 0010). Node announces each request on this channel before its server is given it.
 */
export function serveStreams(): void {
  if (slot.parvisStreams) return;
  slot.parvisStreams = true;
  const known = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    if (known.has(server)) return;
    known.add(server);
    const others = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (asksForStream(request)) void openStream(request, response);
      else for (const listener of others) listener.call(server, request, response);
    });
  });
}

const asksForStream = ({ method, url }: IncomingMessage): boolean =>
  method === 'GET' && /^\/api\/events(\?|$)/.test(url ?? '');
