import { type ServerType, serve } from '@hono/node-server';
import { type Deal, newGuid, type Option, parisDate } from './stock';
import { routes } from './wire';

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;

/** How long an option lives here. */
export const OPTION_HOURS = 48;

export type Third = Record<string, unknown> & { Guid: string };
export type Verdict = { success: boolean; errorcode?: string; message?: string };
type Person = { EMail?: string; Name: string; FirstName?: string; Phone?: string };
type Denonciation = { third: string; programme: string };

const done: Verdict = { success: true };
const refused = (errorcode: string, message: string): Verdict => ({ success: false, errorcode, message });

/**
 * A second Koban, written from the wire's documentation and nothing else, as unlike the sandbox as it permits. It calls nobody of
 * what is done through its API: only its salesman's own acts are told.
 */
export class OtherKoban {
  readonly apiKey = 'autre-koban-api';
  readonly userKey = 'autre-koban-user';
  readonly thirds = new Map<string, Third>();
  readonly denonciations: Denonciation[] = [];
  /** What took effect, in order: Koban's method and its body. */
  readonly effects: { method: string; body: unknown }[] = [];
  /** What it was asked that the documentation does not know. */
  readonly oddities: string[] = [];
  /** Where it calls the portal; the secret goes into the address. */
  portal = { base: '', secret: '' };
  // Ten minutes past the next full or half hour: far from where ranks move, and not before our own acts.
  #skewMs = Math.ceil(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS + 600_000 - Date.now();
  #server: ServerType | undefined;

  private constructor(readonly deals: Deal[]) {}

  /** Opens it on a free port of the loopback, selling these lots. */
  static async open(lots: Deal[]): Promise<OtherKoban> {
    const koban = new OtherKoban(lots);
    await new Promise<void>((resolve) => {
      koban.#server = serve({ fetch: routes(koban).fetch, port: 0, hostname: '127.0.0.1' }, () => resolve());
    });
    return koban;
  }

  get url(): string {
    const address = this.#server?.address();
    if (!address || typeof address === 'string') throw new Error('This Koban is not open');
    return `http://127.0.0.1:${address.port}/crm/api/v1`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server?.close(() => resolve());
    });
  }

  now(): number {
    return Date.now() + this.#skewMs;
  }

  /** The bodies that took effect through one method and name this lot or address. */
  effectsOf(method: string, named: string): unknown[] {
    return this.effects
      .filter((effect) => effect.method === method && JSON.stringify(effect.body).includes(`"${named}"`))
      .map(({ body }) => body);
  }

  deal(code: string | number): Deal | undefined {
    return this.deals.find((each) => each.code !== null && String(each.code) === String(code));
  }

  thirdWith(property: string, value: string): Third | undefined {
    const wanted = value.toLowerCase();
    return [...this.thirds.values()].find((third) => String(third[property] ?? '').toLowerCase() === wanted);
  }

  /** Updates the third with this external code, else creates one. */
  writeThird(body: Record<string, unknown>): { guid: string; created: boolean } {
    const known = this.thirdWith('Extcode', String(body.Extcode));
    const guid = known?.Guid ?? newGuid();
    this.thirds.set(guid, { ...known, ...body, Guid: guid });
    this.effects.push({ method: 'ncThird/PostOne', body });
    return { guid, created: known === undefined };
  }

  checkDenonciation(person: Person, programme: string) {
    const third = this.#known(person);
    const denounced = this.denonciations.some(
      (one) => one.third === third?.Guid && one.programme === programme,
    );
    return { Activated: true, IsDenonced: denounced, Exists: third !== undefined };
  }

  createDenonciation(person: Person, programme: string, body: unknown): string | null {
    const third = this.#known(person);
    if (!third || this.checkDenonciation(person, programme).IsDenonced) return null;
    this.denonciations.push({ third: third.Guid, programme });
    this.effects.push({ method: 'ncDenonc/Create', body });
    return newGuid();
  }

  #known({ EMail, Name, Phone }: Person): Third | undefined {
    const byPhone = [...this.thirds.values()].find((third) => third.Label === Name && third.Phone === Phone);
    return (EMail ? this.thirdWith('EMail', EMail) : undefined) ?? byPhone;
  }

  addOption(to: { code: string; third: string; rank: number; from: number }, body: unknown): Verdict {
    const deal = this.deal(to.code);
    if (!deal || !this.thirds.has(to.third)) return { success: false, message: 'Lot ou prospect inconnu' };
    if (deal.file) return refused('04', 'Préréservation en cours');
    if (deal.status !== 'LIBRE' && deal.status !== 'OPTION') return refused('02', 'Lot indisponible');
    if (deal.options.length === 2) return refused('05', 'Deux options en cours');
    const held = this.deals.flatMap(({ options }) => options).filter(({ third }) => third === to.third);
    if (held.length === 3) return refused('01', 'Trois options pour ce prospect');
    if (to.rank !== deal.options.length + 1) return { success: false, message: 'Rang indisponible' };
    const option = {
      third: to.third,
      rank: to.rank,
      endsAt: to.from + OPTION_HOURS * HOUR_MS,
      prolongedTo: null,
    };
    deal.options.push(option);
    this.#move(deal, 'OPTION', 'ncOption/Add', body);
    return done;
  }

  prolongOption(code: string, rank: number, until: number, body: unknown): Verdict {
    const deal = this.deal(code);
    const option = deal?.options.find((each) => each.rank === rank);
    if (!deal || !option) return refused('01', 'Option introuvable');
    if (option.prolongedTo !== null) return refused('02', 'Prolongation déjà effectuée');
    option.prolongedTo = until;
    this.#move(deal, 'OPTION', 'ncOption/Prolong', body);
    return done;
  }

  undoOption(code: string, rank: number, body: unknown): Verdict {
    const deal = this.deal(code);
    if (!deal?.options.some((each) => each.rank === rank)) return refused('01', 'Option introuvable');
    deal.options = deal.options.filter((each) => each.rank !== rank).map((each) => ({ ...each, rank: 1 }));
    this.#move(deal, deal.options.length > 0 ? 'OPTION' : 'LIBRE', 'ncOption/Undo', body);
    return done;
  }

  reserve(code: string, third: string, method: string, body: Record<string, unknown>): Verdict {
    const deal = this.deal(code);
    if (!deal) return refused('01', 'Lot inconnu');
    if (!this.thirds.has(third)) return refused('02', 'Prospect inconnu');
    if (deal.file && deal.file.third !== third) return { success: false, message: 'Lot déjà réservé' };
    if (deal.file && method === 'ncPreresv/Add') return { success: false, message: 'Dossier déjà ouvert' };
    deal.file = { third, said: { ...deal.file?.said, ...body } };
    deal.options = [];
    this.#move(deal, 'PRERESV', method, body);
    return done;
  }

  withdraw(code: string, third: string, body: unknown): Verdict {
    const deal = this.deal(code);
    if (!deal) return refused('01', 'Lot inconnu');
    if (deal.file?.third !== third) return refused('02', 'Prospect sans dossier');
    deal.file = null;
    this.#move(deal, 'LIBRE', 'ncPreresv/Desist', body);
    return done;
  }

  #move(deal: Deal, status: string, method: string, body: unknown): void {
    deal.status = status;
    deal.changedAt = this.now();
    this.effects.push({ method, body });
  }

  /** Where the portal is asked whether this lot may take an option. */
  optionCheck(code: string | number): string {
    return `${this.portal.base}option-check?${new URLSearchParams({ extcode: String(code), secret: this.portal.secret })}`;
  }

  /** The salesman's option for a prospect: the portal is asked first, then told. */
  async placeAtDesk(code: string | number, third: string): Promise<unknown> {
    const deal = this.#sold(code);
    const url = this.optionCheck(code);
    const answer = await (await fetch(url)).json();
    const endsAt = this.now() + OPTION_HOURS * HOUR_MS;
    const option: Option = { third, rank: deal.options.length + 1, endsAt, prolongedTo: null };
    deal.options.push(option);
    this.#move(deal, 'OPTION', 'desk', { option });
    await this.tellPlaced(code, option.rank);
    return answer;
  }

  /** Tells the portal of an option that stands, whoever placed it. */
  tellPlaced(code: string | number, rank: number): Promise<void> {
    const { deal, option } = this.#held(code, rank);
    return this.#call('option-placed', {
      ...this.#named(deal, option.third),
      Rank: String(rank),
      ExpDate: String(Math.trunc(option.endsAt)),
      Third_Name: String(this.thirds.get(option.third)?.Label ?? ''),
      AssignedTo_Name: 'Kerouac',
      Tenant: 'ouest',
    });
  }

  /** The salesman's prolongation of an option; its dates are told in seconds. */
  async prolongAtDesk(code: string | number, rank: number, until: number): Promise<void> {
    const { deal, option } = this.#held(code, rank);
    option.prolongedTo = until;
    this.#move(deal, 'OPTION', 'desk', { prolonged: option });
    const seconds = (ms: number) => String(Math.trunc(ms / 1000));
    const dates = { ExpDate: seconds(option.endsAt), PrgDate: seconds(until) };
    await this.#call('option-prolonged', {
      ...this.#named(deal, option.third),
      Rank: String(rank),
      ...dates,
    });
  }

  /** The salesman's cancellation of the only option of a lot. */
  async cancelAtDesk(code: string | number): Promise<void> {
    const { deal, option } = this.#held(code, 1);
    deal.options = [];
    this.#move(deal, 'LIBRE', 'desk', { cancelled: option });
    await this.#call('option-cancelled', { ...this.#named(deal, option.third), Rank: '1' });
  }

  /** Time goes on to so long before the half hour that ends the only option of a lot. */
  passTo(code: string | number, beforeMs: number): void {
    const { option } = this.#held(code, 1);
    const boundary = Math.ceil((option.prolongedTo ?? option.endsAt) / HALF_HOUR_MS) * HALF_HOUR_MS;
    this.#skewMs += boundary - beforeMs - this.now();
  }

  /** The half hour ends the only option of a lot; the call names no rank. */
  async expireAtDesk(code: string | number): Promise<void> {
    this.passTo(code, -1_000);
    const { deal, option } = this.#held(code, 1);
    deal.options = [];
    this.#move(deal, 'LIBRE', 'desk', { expired: option });
    await this.#call('option-expired', this.#named(deal, option.third));
  }

  /** Somebody who asked the promoter for something. */
  tellLead(fields: Record<string, string>): Promise<void> {
    return this.#call('lead', { Contact_Type: 'Lead', Lead_Guid: newGuid(), Optin: 'true', ...fields });
  }

  /** The promoter validates the file of a lot, or sells the lot to somebody by itself. */
  async validateAtDesk(code: string | number, buyer?: string): Promise<void> {
    const deal = this.#sold(code);
    const file = buyer === undefined ? deal.file : { third: buyer, said: {} };
    if (!file) throw new Error('No file on this lot');
    deal.file = file;
    deal.options = [];
    this.#move(deal, 'RESV', 'desk', { file });
    const said = Object.entries(file.said).filter(([, value]) => typeof value !== 'object');
    await this.#call('reservation-validated', {
      ...Object.fromEntries(said.map(([name, value]) => [name, String(value)])),
      Lot_Code: String(code),
      DealId: deal.guid,
      ThirdId: file.third,
      PreresaDate: parisDate(this.now()),
      Res1DateNaissance: '1984-02-29T00:00:00',
      Res2DateNaissance: '0001-01-01T00:00:00',
      Vendeur_Groupe: 'Quais & Associés',
      Numero_Notaire: '31',
    });
  }

  #held(code: string | number, rank: number): { deal: Deal; option: Option } {
    const deal = this.#sold(code);
    const option = deal.options.find((each) => each.rank === rank);
    if (!option) throw new Error(`No option of rank ${rank} on ${code}`);
    return { deal, option };
  }

  #sold(code: string | number): Deal {
    const deal = this.deal(code);
    if (!deal) throw new Error(`No lot ${code}`);
    return deal;
  }

  #named = (deal: Deal, third: string) => ({
    Deal_Extcode: String(deal.code),
    Deal_Guid: deal.guid,
    Third_Extcode: '',
    Third_Guid: third,
  });

  async #call(event: string, fields: Record<string, string>): Promise<void> {
    const url = `${this.portal.base}${event}?secret=${encodeURIComponent(this.portal.secret)}`;
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    const answer = await response.text();
    if (answer !== '{"success":true}') throw new Error(`The portal answered ${event} with ${answer}`);
  }
}
