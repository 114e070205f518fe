import type { Account, WebhookTarget } from './account';
import type { WebhookFault } from './faults';

export type Delivery = {
  id: number;
  account: string;
  event: string;
  fields: Record<string, string>;
  at: string;
  fault: WebhookFault['mode'] | null;
  attempts: { at: string; status: number | null; answer: string | null }[];
};

type Sender = {
  fetch: typeof fetch;
  now: () => number;
  takeFault: (account: string, event: string) => WebhookFault | null;
};

/** Longer than any portal should need; a test portal that hangs must not hold the sandbox for ever. */
const DEADLINE_MS = 10_000;
const KEPT = 10_000;

/** Sends webhooks one after another for each account, so that only an injected fault changes their order. */
export class WebhookSender {
  #deliveries: Delivery[] = [];
  #nextId = 1;
  #chains = new Map<string, Promise<void>>();
  #held = new Map<string, Delivery[]>();
  #pending = new Set<Promise<void>>();
  /** Grows with every reset: what was to be sent before one is not sent after it. */
  #era = 0;

  constructor(private readonly sender: Sender) {}

  send(account: Account, event: string, fields: Record<string, string>): void {
    const target = account.webhook;
    if (!target) return;
    const fault = this.sender.takeFault(account.slug, event);
    const delivery: Delivery = {
      id: this.#nextId++,
      account: account.slug,
      event,
      fields,
      at: new Date(this.sender.now()).toISOString(),
      fault: fault?.mode ?? null,
      attempts: [],
    };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > KEPT) this.#deliveries.splice(0, KEPT / 10);
    if (fault?.mode === 'lost') return;
    if (fault?.mode === 'out-of-order') {
      this.#held.set(account.slug, [...(this.#held.get(account.slug) ?? []), delivery]);
      return;
    }
    if (fault?.mode === 'late') {
      this.#track(this.#inThisEra(wait(fault.delayMs), target, delivery));
      return;
    }
    this.#queue(account.slug, target, delivery);
    if (fault?.mode === 'duplicated') this.#queue(account.slug, target, delivery);
    this.release(account);
  }

  /** Sends what an out-of-order fault held back. */
  release(account: Account): void {
    const held = this.#held.get(account.slug) ?? [];
    this.#held.delete(account.slug);
    if (!account.webhook) return;
    for (const delivery of held) this.#queue(account.slug, account.webhook, delivery);
  }

  /** Sends a past delivery again, as a Koban that doubts would. */
  replay(account: Account, id: number): Delivery | null {
    const delivery = this.#deliveries.find((entry) => entry.id === id && entry.account === account.slug);
    if (!delivery || !account.webhook) return null;
    this.#queue(account.slug, account.webhook, delivery);
    return delivery;
  }

  /** Asks the portal whether an option may be placed (DOC). Null when no URL is set; `reachable` false when it did not answer. */
  async askOption(
    account: Account,
    extcode: string,
  ): Promise<{ reachable: boolean; status: boolean; rank: number | null } | null> {
    if (!account.webhook) return null;
    try {
      const response = await this.#call(account.webhook, 'option-check', { query: { extcode } });
      const answer: unknown = await response.json();
      if (!response.ok || typeof answer !== 'object' || answer === null || !('status' in answer))
        return { reachable: false, status: false, rank: null };
      const rank = 'rank' in answer && typeof answer.rank === 'number' ? answer.rank : null;
      return { reachable: true, status: answer.status === true, rank };
    } catch {
      return { reachable: false, status: false, rank: null };
    }
  }

  deliveries(account?: string): Delivery[] {
    return account === undefined
      ? [...this.#deliveries]
      : this.#deliveries.filter((delivery) => delivery.account === account);
  }

  /** Resolves when nothing is under way any more (what is held back out of order stays held). */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  clear(): void {
    this.#deliveries = [];
    this.#held.clear();
    this.#era += 1;
  }

  #queue(slug: string, target: WebhookTarget, delivery: Delivery): void {
    const before = this.#chains.get(slug) ?? Promise.resolve();
    const after = this.#inThisEra(before, target, delivery);
    this.#chains.set(slug, after);
    this.#track(after);
  }

  async #inThisEra(moment: Promise<void>, target: WebhookTarget, delivery: Delivery): Promise<void> {
    const era = this.#era;
    await moment;
    if (era === this.#era) await this.#post(target, delivery);
  }

  #track(work: Promise<void>): void {
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  async #post(target: WebhookTarget, delivery: Delivery): Promise<void> {
    const at = new Date(this.sender.now()).toISOString();
    try {
      const response = await this.#call(target, delivery.event, { form: delivery.fields });
      delivery.attempts.push({ at, status: response.status, answer: (await response.text()).slice(0, 500) });
    } catch (error) {
      delivery.attempts.push({ at, status: null, answer: error instanceof Error ? error.message : 'error' });
    }
  }

  #call(
    target: WebhookTarget,
    event: string,
    content: { query?: Record<string, string>; form?: Record<string, string> },
  ): Promise<Response> {
    const url = new URL(event, target.base.endsWith('/') ? target.base : `${target.base}/`);
    for (const [name, value] of Object.entries(content.query ?? {})) url.searchParams.set(name, value);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (target.secretIn === 'query') url.searchParams.set('secret', target.secret);
    else headers['x-parvis-secret'] = target.secret;
    if (content.form) headers['content-type'] = 'application/x-www-form-urlencoded';
    return this.sender.fetch(url, {
      method: content.form ? 'POST' : 'GET',
      headers,
      body: content.form ? new URLSearchParams(content.form).toString() : undefined,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
