import type { Deployment } from './deployment';
import { CannotStart, type Launched, launch, launchServer } from './processes';

const tsx = ['node', '--import', 'tsx'];
const next = ['node', 'node_modules/next/dist/bin/next'];

export type Step = { step: string; ms: number };

type Mode = { dev?: boolean; onLine?: (line: string) => void };

/**
 * Validates the settings, migrates and provisions, in a process that gives the data folder back before the server takes it.
 * @returns its steps, and what else it says to the person who starts the portal
 * @throws CannotStart with its own sentence
 */
export async function prepare({ env }: Deployment): Promise<{ steps: Step[]; said: string[] }> {
  const steps: Step[] = [];
  const said: string[] = [];
  let error: string | undefined;
  const onLine = (line: string) => {
    const report = parse(line);
    if (typeof report?.error === 'string') error = report.error;
    else if (typeof report?.step === 'string') steps.push({ step: report.step, ms: Number(report.ms) });
    else if (typeof report?.link === 'string')
      said.push(`${report.for}, a link that works once: ${report.link}`);
    else said.push(line);
  };
  const { ok, sentence } = await launch('The preparation', [...tsx, 'lib/boot/prepare.ts'], { env, onLine })
    .ended;
  if (!ok) throw new CannotStart(error ?? [...said, `${sentence}.`].join('\n'));
  return { steps, said };
}

/** Opens the demo's Koban on the loopback; with `dev` it reloads when its files change. */
export function openSandbox({ env, sandbox }: Deployment, { dev, onLine }: Mode = {}): Promise<Launched> {
  const command = dev ? ['node', 'node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false'] : tsx;
  const address = `${sandbox?.url}/_control`;
  return launchServer('The Koban sandbox', [...command, 'sandbox/main.ts'], { env, onLine, address });
}

/** Opens the prepared portal: the production build, or with `dev` the sources themselves. */
export function openPortal({ env, port }: Deployment, { dev, onLine }: Mode = {}): Promise<Launched> {
  return launchServer('The portal', [...next, dev ? 'dev' : 'start', '--port', String(port)], {
    env: { ...env, NODE_ENV: dev ? 'development' : 'production' },
    onLine,
    address: `http://127.0.0.1:${port}/api/health`,
  });
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return;
  try {
    return JSON.parse(line);
  } catch {
    return;
  }
}
