import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import { SandboxControl } from '@/e2e/harness/sandbox';
import { freePort, launchServer } from '@/scripts/processes';

/** An imitated Koban in a process of its own. */
export type BenchKoban = { url: string; control: SandboxControl };

/** Opens a sandbox with so many lots on `valmont`. It ends with this process. */
export async function openKoban(lots: number): Promise<BenchKoban> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await launchServer('The Koban sandbox', ['node', '--import', 'tsx', 'sandbox/main.ts'], {
    env: { SANDBOX_PORT: String(port), SANDBOX_SEED: `stock:${lots}`, SANDBOX_WEBHOOK_URL: '' },
    onLine: () => {},
    address: `${url}/_control`,
  });
  return { url, control: new SandboxControl(url) };
}

/** The keys of the sandbox's account `valmont`. */
export const keys = { apiKey: 'sandbox-valmont-api', userKey: 'sandbox-valmont-user' };

/** One call as Node's own HTTP client saw it: from the moment `at` it was handed over until its last byte was in. Milliseconds. */
export type Call = { path: string; at: number; ms: number };

const calls: Call[] = [];
const begun = new WeakMap<object, { path: string; at: number }>();
const message = z.object({
  request: z.custom<object>((value) => typeof value === 'object' && value !== null),
});
const withPath = z.looseObject({ path: z.string() });

subscribe('undici:request:create', (data) => {
  const { request } = message.parse(data);
  begun.set(request, { path: withPath.parse(request).path, at: performance.now() });
});
subscribe('undici:request:trailers', (data) => {
  const call = begun.get(message.parse(data).request);
  if (call) calls.push({ ...call, ms: performance.now() - call.at });
});

/** The calls that this process has ended since the last time this was asked. */
export const callsMade = (): Call[] => calls.splice(0);
