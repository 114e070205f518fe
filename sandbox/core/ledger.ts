import type { Cause } from './model';

export type Call = {
  id: number;
  at: string;
  account: string | null;
  verb: string;
  /** `ncOption/Add`. */
  method: string;
  query: Record<string, string>;
  /** The parsed body, or its text when it is not JSON. */
  body: unknown;
  /** Headers of the request, keys left out. */
  headers: Record<string, string>;
  /** What the caller saw: an HTTP status, or how the exchange ended without one. Null while it is running. */
  outcome: number | 'reset' | 'closed' | 'hung' | 'cut' | null;
  /** The fault that was injected. */
  fault: string | null;
};

export type Effect = {
  id: number;
  at: string;
  account: string;
  /** `option-placed`, `denonciation-created`... */
  kind: string;
  cause: Cause;
  data: Record<string, unknown>;
};

const KEPT = 50_000;

/** Ground truth: what was asked of the sandbox, and what truly changed in it. */
export class Ledger {
  #calls: Call[] = [];
  #effects: Effect[] = [];
  #nextCall = 1;
  #nextEffect = 1;
  /** Told of every effect, within the act that causes it, and of a reset or another policy, which are none. */
  onChange: () => void = () => {};

  open(call: Omit<Call, 'id' | 'outcome' | 'fault'>): Call {
    const entry: Call = { ...call, id: this.#nextCall++, outcome: null, fault: null };
    this.#calls.push(entry);
    if (this.#calls.length > KEPT) this.#calls.splice(0, KEPT / 10);
    return entry;
  }

  record(effect: Omit<Effect, 'id'>): Effect {
    const entry: Effect = { ...effect, id: this.#nextEffect++ };
    this.#effects.push(entry);
    if (this.#effects.length > KEPT) this.#effects.splice(0, KEPT / 10);
    this.onChange();
    return entry;
  }

  calls(filter: { account?: string; method?: string; since?: number } = {}): Call[] {
    return this.#calls.filter(
      (call) =>
        (filter.account === undefined || call.account === filter.account) &&
        (filter.method === undefined || call.method === filter.method) &&
        call.id > (filter.since ?? 0),
    );
  }

  effects(filter: { account?: string; kind?: string; since?: number } = {}): Effect[] {
    return this.#effects.filter(
      (effect) =>
        (filter.account === undefined || effect.account === filter.account) &&
        (filter.kind === undefined || effect.kind === filter.kind) &&
        effect.id > (filter.since ?? 0),
    );
  }

  /** Forgets everything; numbers go on growing, so that a test can hold on to one across a reset. */
  clear(): void {
    this.#calls = [];
    this.#effects = [];
  }
}
