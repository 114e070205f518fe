import autocannon from 'autocannon';

/** What is asked again and again: an address, the headers sent, and the status that each answer must have. */
export type Target = { url: string; headers: Record<string, string>; status?: number };

// A server of one process is busy with less; more would only queue, and take the load's own share of the machine.
const CONNECTIONS = 4;

/**
 * Answers per second over kept connections.
 * @throws Error when an answer has another status, or none came
 */
export async function answersPerSecond({ url, headers, status = 200 }: Target, seconds = 2): Promise<number> {
  // A page asked for the first time is loaded from disk: that is not what is counted.
  const first = await fetch(url, { headers, redirect: 'manual' });
  await first.arrayBuffer();
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  const statuses = new Set([first.status, ...Object.keys(result.statusCodeStats ?? {}).map(Number)]);
  if (result.errors > 0 || result.requests.total === 0 || statuses.size > 1 || !statuses.has(status))
    throw new Error(
      `${new URL(url).pathname} answered ${[...statuses].join(', ')}, ${result.requests.total} times; ${result.errors} errors`,
    );
  return result.requests.total / result.duration;
}
