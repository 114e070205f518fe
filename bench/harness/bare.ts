import { fileURLToPath } from 'node:url';
import { freePort, launchServer } from '@/scripts/processes';
import type { LivePortals } from './live-portals';
import { running } from './portal';

/** A server of Node and nothing else, which holds streams and tells them of changes as the portal would. */
export async function openBareStreams(): Promise<LivePortals> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await launchServer(
    'The bare server',
    ['node', '--expose-gc', fileURLToPath(new URL('bare-streams.ts', import.meta.url)), String(port)],
    { address: url },
  );
  running.push({ servers: [server] });
  return { urls: [url, url], cookies: [''], promoter: '', lots: [''], koban: '' };
}
