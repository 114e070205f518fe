import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The checkout's folder, without a closing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

const leash = new URL('leash.mjs', import.meta.url).href;

/** What `next start` answers within when asked to stop, open streams included; then it is killed. */
const graceMs = 8_000;

export type Ending = { ok: boolean; sentence: string };

export type Launched = {
  name: string;
  pid: number;
  /** How it ended; never rejects. */
  ended: Promise<Ending>;
  /** SIGTERM to its whole group, SIGKILL after the grace. Resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL to its whole group, as a crash would. Resolves when it is gone. */
  kill(): Promise<void>;
};

type Options = {
  env?: Record<string, string | undefined>;
  /** Each line it prints, on either stream; without it the lines go where this process's own go. */
  onLine?: (line: string) => void;
};

const live = new Set<Launched>();

/** A sentence for the person at the terminal: nothing is broken in the code. */
export class CannotStart extends Error {}

/** How long a server may take from its start to its first answer, on a machine busy with other things. */
const openingMs = 90_000;

/**
 * Starts a server and waits until it answers at an address.
 * @param onLine receives what it prints once it is open; what it printed before is shown only if it never opens
 * @throws CannotStart when it ends, or answers nothing in time
 */
export async function launchServer(
  name: string,
  command: string[],
  { env, onLine = console.log, address }: Options & { address: string },
): Promise<Launched> {
  const before: string[] = [];
  let listen: (line: string) => void = (line) => before.push(line);
  const server = launch(name, command, { env, onLine: (line) => listen(line) });
  const over = new AbortController();
  const failure = await Promise.race([
    server.ended.then(({ sentence }) => sentence),
    answers(address, over.signal),
    sleep(openingMs, `${name} did not answer within ${openingMs / 1000} s`, {
      ref: false,
      signal: over.signal,
    }),
  ]);
  over.abort();
  if (failure) {
    await server.kill();
    throw new CannotStart([...before, `${failure}.`].join('\n'));
  }
  listen = onLine;
  return server;
}

/** Asks until anything answers; what it says of its health is for its own readers. */
async function answers(address: string, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    const response = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
    await response?.body?.cancel();
    if (response && response.status !== 404) return;
    await sleep(50);
  }
}

/**
 * Starts a command in a process group of its own, from the checkout's folder. A first word `node` means this Node, and such
 * a process ends with its parent even when the parent is killed.
 */
export function launch(name: string, [command = '', ...args]: string[], options: Options = {}): Launched {
  const node = command === 'node';
  const output = options.onLine ? 'pipe' : 'inherit';
  const child = spawn(node ? process.execPath : command, node ? ['--import', leash, ...args] : args, {
    cwd: root,
    detached: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env, ...(node && { PARVIS_LEASH: '1' }) },
    stdio: ['ignore', output, output, ...(node ? (['ipc'] as const) : [])],
  });
  const { onLine } = options;
  if (onLine) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', onLine);
    }
  }
  const ended = endingOf(name, child);
  const signal = (which: NodeJS.Signals) => signalGroup(child.pid, which);
  const launched: Launched = {
    name,
    pid: child.pid ?? 0,
    ended,
    async stop() {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
      // What its leader left behind in the group.
      signal('SIGKILL');
    },
    async kill() {
      signal('SIGKILL');
      await ended;
    },
  };
  live.add(launched);
  ended.then(() => live.delete(launched));
  return launched;
}

/** Stops everything still running, the last started first. */
export async function stopAll(): Promise<void> {
  await Promise.all([...live].reverse().map((launched) => launched.stop()));
}

/**
 * Calls `stop` once when this command is asked to end: Ctrl-C, SIGTERM, its terminal closing, or the shell that npm
 * started it through dying without passing the signal on.
 */
export function onAskedToEnd(stop: (exitCode: number) => void): void {
  let asked = false;
  const once = (exitCode: number) => {
    if (asked) return;
    asked = true;
    stop(exitCode);
  };
  process.on('SIGINT', () => once(130));
  process.on('SIGTERM', () => once(143));
  process.on('SIGHUP', () => once(129));
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && once(143), 1_000).unref();
}

/** Whether nothing listens on a port of this machine, on any of the addresses a portal or a sandbox would take. */
export async function portIsFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    if ((await listenOnce(port, host)) === 'EADDRINUSE') return false;
  }
  return true;
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0, '127.0.0.1');
  if (typeof port !== 'number') throw new Error(`No free port: ${port}`);
  return port;
}

/** Listens for an instant; the port it got, or the system's reason for refusing. */
function listenOnce(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : port));
    });
  });
}

function endingOf(name: string, child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ ok: false, sentence: `${name} did not start: ${error.message}` }),
    );
    // `close` and not `exit`: by then its last lines have been read.
    child.once('close', (code, signal) =>
      resolve({ ok: code === 0, sentence: `${name} ended with ${signal ?? `exit code ${code}`}` }),
    );
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
