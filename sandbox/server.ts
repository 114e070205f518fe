import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { socketTransport } from './api/transport';
import type { Sandbox } from './app';

/** Every second is often enough for options that end on half hours. */
const SWEEP_MS = 1000;

export type Listening = { url: string; server: Server; close: () => Promise<void> };

/** Serves a sandbox over real HTTP, on the loopback only, and lets time end its options. Port 0 takes any free port. */
export function listen(sandbox: Sandbox, port: number): Promise<Listening> {
  const handler = getRequestListener((request, env) => {
    const { incoming, outgoing } = env;
    if (!(incoming instanceof IncomingMessage) || !(outgoing instanceof ServerResponse))
      throw new Error('HTTP/1 only');
    return sandbox.app.fetch(request, { transport: socketTransport({ incoming, outgoing }) });
  });
  const server = createServer((request, response) => void handler(request, response));
  const sweeper = setInterval(() => sandbox.sweep(), SWEEP_MS);
  sweeper.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        server,
        close: () =>
          new Promise((done) => {
            clearInterval(sweeper);
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
