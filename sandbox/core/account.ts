import { guidOf } from './ids';
import type { Denonciation, Lot, Programme, Salesman, Third } from './model';

/** What no public text settles, or what differs from one Koban to another. Every one can be changed while running. */
export type Policy = {
  optionHours: number;
  apiUserCap: number;
  /** ASSUMED: when rank 1 ends, rank 2 becomes rank 1. */
  rankTwoMovesUp: boolean;
  /** An Add whose rank is not the next free one: refused without a code, or granted the next rank. */
  wrongRank: 'refuse' | 'grant-next';
  /** A second dénonciation of one prospect on one programme. */
  secondDenonciation: 'refuse' | 'accept';
  denonciationActive: boolean;
  /** Does CheckDenonc give `Third: {Guid}` when the prospect exists? */
  checkGivesThird: boolean;
  programmesAs: 'array' | 'page';
  /** How two options are told by GetLotStatus: Result 1 with MaxRank 2 (DOC), or Result -3 (PUB). */
  fullLot: 'max-rank' | 'minus-three';
  /** Instants of GetLotStatus and DPrev: ISO wall time, or UNIX seconds. */
  instants: 'iso' | 'unix';
  /** `ExpDate` and `PrgDate` of webhooks. */
  webhookInstants: 'slash' | 'seconds';
  /** On a refusal, `Errors` is null instead of a list. */
  errorsNull: boolean;
  /** A third that is not found: HTTP 404, or 200 with null. */
  missingThird: '404' | 'null';
  /** The order of GetUpdated. Newest first makes pages shift under the reader's feet. */
  listOrder: 'oldest-first' | 'newest-first';
  webhooksForApiActs: boolean;
};

export const defaultPolicy: Policy = {
  optionHours: 72,
  apiUserCap: 50,
  rankTwoMovesUp: true,
  wrongRank: 'refuse',
  secondDenonciation: 'refuse',
  denonciationActive: true,
  checkGivesThird: true,
  programmesAs: 'array',
  fullLot: 'max-rank',
  instants: 'iso',
  webhookInstants: 'slash',
  errorsNull: false,
  missingThird: '404',
  listOrder: 'oldest-first',
  webhooksForApiActs: true,
};

/** All that an account remembers, as plain data. */
export type AccountMemory = {
  programmes: Programme[];
  thirds: Third[];
  denonciations: Denonciation[];
  lots: Lot[];
  policy: Policy;
  nextGuid: number;
};

export type WebhookTarget = { base: string; secret: string; secretIn: 'header' | 'query' };

/** One Koban account: a promoter's whole CRM, in memory. */
export class Account {
  readonly programmes = new Map<string, Programme>();
  readonly thirds = new Map<string, Third>();
  readonly denonciations: Denonciation[] = [];
  readonly lotsUnderOption = new Set<Lot>();
  readonly salesman: Salesman;
  readonly policy: Policy;
  webhook: WebhookTarget | null = null;
  #lots = new Map<string, Lot>();
  #lotsByGuid = new Map<string, Lot>();
  #annexes = new Map<string, Lot[]>();
  #ordered: Lot[] | null = null;
  #json = new Map<Lot, string>();
  #nextGuid = 1;
  readonly #ownPolicy: Policy;

  constructor(
    readonly slug: string,
    readonly name: string,
    readonly keys: { api: string; user: string },
    policy: Partial<Policy> = {},
  ) {
    this.#ownPolicy = { ...defaultPolicy, ...policy };
    this.policy = { ...this.#ownPolicy };
    this.salesman = {
      guid: guidOf(slug, 'salesman'),
      name: 'Delmas',
      firstName: 'Antoine',
      email: `antoine.delmas@${slug}.exemple`,
    };
  }

  /** Changes how this Koban behaves; what was written under the old policy is written again. */
  changePolicy(change: Partial<Policy>): void {
    Object.assign(this.policy, change);
    this.#json.clear();
  }

  newGuid(kind: string): string {
    return guidOf(this.slug, kind, this.#nextGuid++);
  }

  addLot(lot: Lot): void {
    this.#lots.set(lot.extcode, lot);
    this.#lotsByGuid.set(lot.guid, lot);
    if (lot.options.length > 0) this.lotsUnderOption.add(lot);
    if (lot.link !== null) {
      const siblings = this.#annexes.get(lot.link);
      if (siblings) siblings.push(lot);
      else this.#annexes.set(lot.link, [lot]);
    }
    this.#ordered = null;
  }

  /** Makes a lot the annex of the lot with this guid; null makes it a principal. */
  attach(lot: Lot, link: string | null): void {
    lot.secondary = link !== null;
    if (lot.link === link) return;
    if (lot.link !== null)
      this.#annexes.set(
        lot.link,
        (this.#annexes.get(lot.link) ?? []).filter((annex) => annex !== lot),
      );
    lot.link = link;
    if (link !== null) this.#annexes.set(link, [...(this.#annexes.get(link) ?? []), lot]);
  }

  /** A listed lot; one withdrawn is unknown to Koban's readers. */
  lot(extcode: string): Lot | null {
    const lot = this.#lots.get(extcode);
    return lot && !lot.withdrawn ? lot : null;
  }

  lotEvenWithdrawn(extcode: string): Lot | null {
    return this.#lots.get(extcode) ?? null;
  }

  lotByGuid(guid: string): Lot | null {
    const lot = this.#lotsByGuid.get(guid);
    return lot && !lot.withdrawn ? lot : null;
  }

  annexesOf(lot: Lot): Lot[] {
    return this.#annexes.get(lot.guid) ?? [];
  }

  allLots(): Iterable<Lot> {
    return this.#lots.values();
  }

  /** Marks lots as changed now, so that GetUpdated shows them. */
  touch(lots: Iterable<Lot>, now: number): void {
    for (const lot of lots) {
      lot.updatedAt = now;
      if (lot.options.length > 0) this.lotsUnderOption.add(lot);
      else this.lotsUnderOption.delete(lot);
      this.#json.delete(lot);
    }
    this.#ordered = null;
  }

  /** A lot's JSON, rendered once per change: a page of a thousand lots is then a join. */
  jsonOf(lot: Lot, render: (lot: Lot) => unknown): string {
    let json = this.#json.get(lot);
    if (json === undefined) {
      json = JSON.stringify(render(lot));
      this.#json.set(lot, json);
    }
    return json;
  }

  /** Listed lots in order of change, oldest first; rebuilt only after a change. */
  lotsByChange(): readonly Lot[] {
    this.#ordered ??= [...this.#lots.values()]
      .filter((lot) => !lot.withdrawn)
      .sort((a, b) => a.updatedAt - b.updatedAt);
    return this.#ordered;
  }

  thirdBy(test: (third: Third) => boolean): Third | null {
    for (const third of this.thirds.values()) if (test(third)) return third;
    return null;
  }

  memory(): AccountMemory {
    return {
      programmes: [...this.programmes.values()],
      thirds: [...this.thirds.values()],
      denonciations: this.denonciations,
      lots: [...this.#lots.values()],
      policy: this.policy,
      nextGuid: this.#nextGuid,
    };
  }

  /** Becomes what another account remembered. */
  recall(memory: AccountMemory): void {
    this.clear();
    for (const programme of memory.programmes) this.programmes.set(programme.code, programme);
    for (const third of memory.thirds) this.thirds.set(third.guid, third);
    this.denonciations.push(...memory.denonciations);
    for (const lot of memory.lots) this.addLot(lot);
    this.changePolicy(memory.policy);
    this.#nextGuid = memory.nextGuid;
  }

  /** Forgets everything, changes of policy too. */
  clear(): void {
    this.changePolicy(this.#ownPolicy);
    this.programmes.clear();
    this.thirds.clear();
    this.denonciations.length = 0;
    this.lotsUnderOption.clear();
    this.#lots = new Map();
    this.#lotsByGuid = new Map();
    this.#annexes = new Map();
    this.#ordered = null;
    this.#nextGuid = 1;
  }
}
