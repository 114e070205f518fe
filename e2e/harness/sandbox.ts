export type Call = {
  id: number;
  at: string;
  account: string | null;
  method: string;
  query: Record<string, string>;
  body: unknown;
  outcome: unknown;
  fault: string | null;
};
export type Effect = {
  id: number;
  at: string;
  account: string;
  kind: string;
  cause: { origin: string; callId: number | null };
  data: Record<string, unknown>;
};
/** A fault as the sandbox's control endpoint takes it: `method` is Koban's (`ncOption/Add`) or `*`, `mode` what goes wrong. */
export type Fault = {
  method: string;
  mode: string;
  account?: string;
  match?: string;
  remaining?: number | null;
} & Record<string, unknown>;
/** A lot on the wire, as far as tests read it: a status comes as text, or with its code. */
export type KobanLot = {
  Extcode: string;
  Label: string;
  Type: string | null;
  Status: string | { Code: string; Label: string };
  Process: { Code: string };
  Amountprev: number | null;
  Tags: { TagCategoryCode: string; ExternalCode: string | null }[];
};
/** A call of Koban's own, and how it was answered each time it was made. */
export type Delivery = {
  id: number;
  event: string;
  fields: Record<string, string>;
  attempts: { status: number | null; answer: string | null }[];
};
type Filter = { account?: string; method?: string; kind?: string; since?: number };

let made = 0;

/** The sandbox's control port: what a test sees of Koban, and does as someone else in it. */
export class SandboxControl {
  constructor(readonly url: string) {}

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

  /** What the portal asked in these words (an e-mail address, a lot's code), by method when one is given. */
  async asked(words: string, method?: string): Promise<Call[]> {
    const calls = await this.calls({ method });
    return calls.filter(({ body, query }) => JSON.stringify([body, query]).includes(words));
  }

  /** What truly came, in Koban, of all that the portal asked in these words. */
  async caused(words: string, kind?: string): Promise<Effect[]> {
    const ids = new Set((await this.asked(words)).map(({ id }) => id));
    const effects = await this.effects({ kind });
    return effects.filter(({ cause }) => cause.callId !== null && ids.has(cause.callId));
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

  /** Where an account's own calls go, and with which secret. */
  webhook(
    account: string,
    target: { base: string; secret: string; secretIn: 'header' | 'query' },
  ): Promise<unknown> {
    return this.#send('PUT', `accounts/${account}/webhook`, target);
  }

  /** What Koban has called of, oldest first, and what it was answered. */
  webhooks(account: string): Promise<Delivery[]> {
    return this.#send('GET', `webhooks?account=${account}`);
  }

  /** Koban calls again as it did once, as if it doubted. */
  callAgain(account: string, id: number): Promise<unknown> {
    return this.#send('POST', `accounts/${account}/webhooks/${id}/replay`);
  }

  lot(account: string, extcode: string): Promise<Record<string, unknown>> {
    return this.#send('GET', `accounts/${account}/lots/${encodeURIComponent(extcode)}`);
  }

  /** A dwelling for sale that this test alone knows: its external code. The portal learns of it at its next pull. */
  async newLot(account: string, programme: string): Promise<string> {
    made += 1;
    await this.act(account, 'add-lots', { programme, count: 1, prefix: `E${made}-` });
    return `${programme}-E${made}-1`;
  }

  /** Every lot as Koban lists it to whoever holds the demo's keys; a thousand at most. */
  async listed(account: string): Promise<KobanLot[]> {
    const response = await fetch(`${this.url}/api/v1/ncDeal/GetUpdated?updated=0&s=0&l=1000`, {
      headers: { 'X-ncApi': `sandbox-${account}-api`, 'X-ncUser': `sandbox-${account}-user` },
    });
    const { List } = await response.json();
    return List;
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control/${path}`, {
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
