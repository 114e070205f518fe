import { z } from 'zod';

const common = {
  /** `ncOption/Add`, or `*`. */
  method: z.string(),
  account: z.string().optional(),
  /** Fires only when the request's body or query contains this text. */
  match: z.string().optional(),
  /** How many times it fires; null = until removed. */
  remaining: z.int().positive().nullable().default(1),
  probability: z.number().min(0).max(1).default(1),
};

/** What may go wrong with a call. "Before" leaves no effect behind, "after" leaves one. */
export const faultSchema = z.discriminatedUnion('mode', [
  z.object({ ...common, mode: z.literal('refuse'), status: z.int().default(503) }),
  z.object({ ...common, mode: z.literal('drop-before') }),
  z.object({ ...common, mode: z.literal('hang-before') }),
  z.object({ ...common, mode: z.literal('hang-after') }),
  z.object({ ...common, mode: z.literal('reset-after') }),
  z.object({ ...common, mode: z.literal('close-after') }),
  z.object({ ...common, mode: z.literal('cut-after') }),
  z.object({ ...common, mode: z.literal('error-after'), status: z.int().default(500) }),
  z.object({
    ...common,
    mode: z.literal('late'),
    /** The effect comes this long after the request; the answer never comes. */
    delayMs: z.int().nonnegative(),
    /** Hang, or reset the socket at once. */
    reply: z.enum(['hang', 'reset']).default('hang'),
  }),
  z.object({ ...common, mode: z.literal('garbage'), applies: z.boolean().default(true) }),
  z.object({ ...common, mode: z.literal('truncated'), applies: z.boolean().default(true) }),
  z.object({ ...common, mode: z.literal('no-content'), applies: z.boolean().default(true) }),
  z.object({ ...common, mode: z.literal('slow'), delayMs: z.int().nonnegative() }),
  z.object({ ...common, mode: z.literal('rate-limit'), retryAfter: z.int().nonnegative().default(1) }),
  z.object({
    ...common,
    mode: z.literal('redirect'),
    status: z.union([z.literal(302), z.literal(307)]).default(307),
    location: z.string().optional(),
    applies: z.boolean().default(false),
  }),
  z.object({
    ...common,
    mode: z.literal('business'),
    status: z.int().default(200),
    body: z.unknown(),
    applies: z.boolean().default(false),
  }),
]);

export type FaultInput = z.input<typeof faultSchema>;
type FaultSpec = z.output<typeof faultSchema>;
export type Fault = FaultSpec & { id: number; fired: number };

export const webhookFaultSchema = z.object({
  mode: z.enum(['lost', 'duplicated', 'late', 'out-of-order']),
  /** `option-placed`..., or `*`. */
  event: z.string().default('*'),
  account: z.string().optional(),
  remaining: z.int().positive().nullable().default(1),
  probability: z.number().min(0).max(1).default(1),
  delayMs: z.int().nonnegative().default(1000),
});

export type WebhookFaultInput = z.input<typeof webhookFaultSchema>;
export type WebhookFault = z.output<typeof webhookFaultSchema> & { id: number; fired: number };

/** The faults in waiting, and how often each fired. The first that fits fires. */
export class FaultBox {
  #faults: Fault[] = [];
  #webhookFaults: WebhookFault[] = [];
  #nextId = 1;

  constructor(private readonly random: () => number) {}

  add(input: FaultInput): Fault {
    const fault: Fault = { ...faultSchema.parse(input), id: this.#nextId++, fired: 0 };
    this.#faults.push(fault);
    return fault;
  }

  addForWebhooks(input: WebhookFaultInput): WebhookFault {
    const fault: WebhookFault = { ...webhookFaultSchema.parse(input), id: this.#nextId++, fired: 0 };
    this.#webhookFaults.push(fault);
    return fault;
  }

  take(account: string, method: string, text: string): Fault | null {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.method === '*' || candidate.method === method) &&
        (candidate.match === undefined || text.includes(candidate.match)) &&
        this.#fires(candidate, account),
    );
    return fault ?? null;
  }

  takeForWebhook(account: string, event: string): WebhookFault | null {
    const fault = this.#webhookFaults.find(
      (candidate) =>
        (candidate.event === '*' || candidate.event === event) && this.#fires(candidate, account),
    );
    return fault ?? null;
  }

  list(): { calls: Fault[]; webhooks: WebhookFault[] } {
    return { calls: [...this.#faults], webhooks: [...this.#webhookFaults] };
  }

  remove(id: number): boolean {
    const before = this.#faults.length + this.#webhookFaults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    this.#webhookFaults = this.#webhookFaults.filter((fault) => fault.id !== id);
    return this.#faults.length + this.#webhookFaults.length < before;
  }

  clear(): void {
    this.#faults = [];
    this.#webhookFaults = [];
  }

  #fires(
    fault: { account?: string | undefined; remaining: number | null; probability: number; fired: number },
    account: string,
  ): boolean {
    if (fault.account !== undefined && fault.account !== account) return false;
    if (fault.remaining === 0) return false;
    if (fault.probability < 1 && this.random() >= fault.probability) return false;
    if (fault.remaining !== null) fault.remaining -= 1;
    fault.fired += 1;
    return true;
  }
}
