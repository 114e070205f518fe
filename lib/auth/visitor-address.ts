import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { env } from '@/lib/core/env';

/** The header under which a request carries its visitor's address from here on; whatever the visitor wrote there is lost. */
const addressHeader = 'x-parvis-address';

// Instrumentation and routes are bundled apart: the process-wide slot tells one what the other did.
const slot = globalThis as typeof globalThis & { parvisAddresses?: true };

/**
 * Marks every request that this process serves with its visitor's address, before Next sees it: Next shows neither the socket
 * nor whether it was the visitor who wrote `X-Forwarded-For`. Node announces each request on this channel first.
 */
export function markAddresses(): void {
  if (slot.parvisAddresses) return;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[addressHeader] = visitorAddress(
      request.headers['x-forwarded-for'],
      request.socket.remoteAddress ?? '',
      env().TRUSTED_PROXIES,
    );
  });
  slot.parvisAddresses = true;
}

/**
 * The address that the farthest trusted proxy saw. Each proxy adds the address that it was called from at the end; what comes
 * before those of ours is whatever the visitor claims.
 * @param trusted how many proxies of ours stand before the portal; with none, and when fewer have written, the socket's address
 */
export function visitorAddress(
  forwarded: string | string[] | undefined,
  socket: string,
  trusted: number,
): string {
  const seen = [forwarded ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  return [...seen, socket].at(-1 - trusted) ?? socket;
}

/** The address of a marked request; null when nothing marks them, and its header proves nothing. */
export const addressOf = (headers: Headers): string | null =>
  slot.parvisAddresses ? headers.get(addressHeader) : null;
