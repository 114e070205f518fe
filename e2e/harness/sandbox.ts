export type Call = {
  id: number;
  at: string;
  account: string | null;
  method: string;
  body: unknown;
  outcome: unknown;
  fault: string | null;
};
export type Effect = { id: number; at: string; account: string; kind: string; data: Record<string, unknown> };
/** A fault as the sandbox's control endpoint takes it: `method` is Koban's (`ncOption/Add`) or `*`, `mode` what goes wrong. */
export type Fault = {
  method: string;
  mode: string;
  account?: string;
  match?: string;
  remaining?: number | null;
} & Record<string, unknown>;
type Filter = { account?: string; method?: string; kind?: string; since?: number };

/** The sandbox's control port: what a test sees of Koban, and does as someone else in it. */
export class SandboxControl {
  readonly #address: string;

  constructor(url: string) {
    this.#address = `${url}/_control`;
  }

  /** Back to a seed (`demo`, `empty`, `stock:<lots>`); the portal's mirror learns of it at its next pull. */
  reset(seed?: string): Promise<unknown> {
    return this.#send('POST', 'reset', { seed });
  }

  fault(fault: Fault): Promise<unknown> {
    return this.#send('POST', 'faults', fault);
  }

  webhookFault(fault: Record<string, unknown>): Promise<unknown> {
    return this.#send('POST', 'faults/webhooks', fault);
  }

  clearFaults(): Promise<unknown> {
    return this.#send('DELETE', 'faults');
  }

  /** What the portal asked, oldest first. */
  calls(filter: Filter = {}): Promise<Call[]> {
    return this.#send('GET', `calls?${query(filter)}`);
  }

  /** What truly changed in Koban, oldest first: the truth that the screens must agree with. */
  effects(filter: Filter = {}): Promise<Effect[]> {
    return this.#send('GET', `effects?${query(filter)}`);
  }

  /** Sets or moves the sandbox's clock: an instant, a number of milliseconds, or back to the true time. */
  clock(change: { now?: string; advanceMs?: number; stopped?: boolean; reset?: boolean }): Promise<unknown> {
    return this.#send('POST', 'clock', change);
  }

  /** Acts as the promoter's salesman or as a rival: `place-option`, `set-price`, `withdraw-lot`… */
  act(account: string, name: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.#send('POST', `accounts/${account}/acts/${name}`, input);
  }

  policy(account: string, change: Record<string, unknown>): Promise<unknown> {
    return this.#send('PATCH', `accounts/${account}/policy`, change);
  }

  lot(account: string, extcode: string): Promise<Record<string, unknown>> {
    return this.#send('GET', `accounts/${account}/lots/${encodeURIComponent(extcode)}`);
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#address}/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The sandbox refused ${method} ${path}: ${text}`);
    return JSON.parse(text);
  }
}

function query(filter: Filter): URLSearchParams {
  return new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
