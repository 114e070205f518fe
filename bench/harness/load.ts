import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { median } from './statistics';

/** What is asked again and again: an address, the headers sent, the status that each answer must have, the server's process. */
export type Target = { url: string; headers: Record<string, string>; status?: number; pid: number };

/** Answers per second, and what each took of the server's processor: little disturbed by what else the machine does. */
export type Load = { perSecond: number; cpuMs: number };

// A server of one process is busy with less; more would only queue, and take the load's own share of the machine.
const CONNECTIONS = 4;

/**
 * Asks over kept connections for two seconds.
 * @throws Error when an answer has another status, or none came
 */
export async function load({ url, headers, status = 200, pid }: Target): Promise<Load> {
  // A page asked for the first time is loaded from disk: that is not what is counted.
  const first = await fetch(url, { headers, redirect: 'manual' });
  await first.arrayBuffer();
  const before = cpuMsOf(pid);
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: 2 });
  const cpuMs = cpuMsOf(pid) - before;
  const { total } = result.requests;
  const statuses = new Set([first.status, ...Object.keys(result.statusCodeStats ?? {}).map(Number)]);
  if (result.errors > 0 || total === 0 || statuses.size > 1 || !statuses.has(status))
    throw new Error(
      `${new URL(url).pathname} answered ${[...statuses].join(', ')}, ${total} times; ${result.errors} errors`,
    );
  return { perSecond: total / result.duration, cpuMs: cpuMs / total };
}

/** The rates of several rounds. */
export const rates = (loads: readonly Load[]): number[] => loads.map(({ perSecond }) => perSecond);

/** What the figures of these rounds rest on, in words. */
export function inWords(loads: readonly Load[]): string {
  const cpu = median(loads.map(({ cpuMs }) => cpuMs));
  return `${median(rates(loads)).toFixed(0)} requests/s of ${cpu.toFixed(2)} ms of processor`;
}

/** All that a process and its threads have had of the processor, in ms. Linux tells it in hundredths of a second; elsewhere NaN. */
function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return 10 * (Number(user) + Number(system));
  } catch {
    return Number.NaN;
  }
}
