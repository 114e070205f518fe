import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { randomToken } from '@/lib/core/ids';
import { createKobanClient, type KobanClient, type KobanClientOptions } from './client';

/** A request as the server received it, whole. */
export type Received = { method: string; url: string; headers: IncomingMessage['headers']; body: string };

/** How the server of a test answers; it may destroy the socket, or never answer. */
export type Answer = (response: ServerResponse, request: Received, socket: Socket) => void;

/** A real HTTP server on loopback that answers as told, and remembers what it received. */
export async function kobanServer(answer: Answer) {
  const received: Received[] = [];
  let reply = answer;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const whole = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(whole);
      reply(response, whole, request.socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    received,
    answer: (next: Answer) => {
      reply = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers this JSON, with this status. */
export function json(value: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(value));
  };
}

/** A client with keys of its own, hence with places and a breaker of its own. Pauses between tries last a millisecond. */
export function clientOf(baseUrl: string, options: Partial<KobanClientOptions> = {}): KobanClient {
  return createKobanClient({
    baseUrl,
    apiKey: `api-${randomToken(8)}`,
    userKey: `user-${randomToken(8)}`,
    ...options,
    limits: { backoffBaseMs: 1, ...options.limits },
  });
}
