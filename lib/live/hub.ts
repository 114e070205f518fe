import { accountState, forgetAccount } from '@/lib/auth/account-state';
import { signedIn } from '@/lib/auth/actor';
import { stampAccounts } from '@/lib/auth/stamp-accounts';
import { BEAT_MS, type PromoterSeen, type Vector } from '@/lib/core/live-events';
import { faultFacts, log } from '@/lib/core/log';
import { asPromoterId } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import type { Announcement } from '@/lib/db/announce';
import { type Database, database } from '@/lib/db/client';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import type { StockHeader } from '@/lib/stock/queries';
import { beatFrame, frame } from './frames';
import { type Listening, listen } from './listen';
import { readAuthor } from './read-author';
import { mayConcern, type Rights, rightsOf } from './rights';
import { sightsOf, tellStock } from './tell-stock';
import { resumeId, type Viewer } from './viewer';

/** Changes within this time are told together: an eye sees one change, and a pull of many pages costs a few rounds. */
const GATHER_MS = 60;
/** After a round that failed, when the database is away. */
const AGAIN_MS = 1_000;
/** Rights are looked at again this often, whether or not anybody announced a change: taken away, they end within five seconds. */
const RIGHTS_MS = 2_500;
/** A database that restarts is waited for this long before browsers are told to help themselves. */
const DEAF_MS = 3_000;

/** The open streams of this process, and what they are told. */
export class Hub {
  readonly #viewers = new Set<Viewer>();
  readonly #rights = new Map<string, Rights>();
  readonly #stamps = new Map<string, string>();
  readonly #gathering = new Map<PromoterId, ReturnType<typeof setTimeout>>();
  readonly #telling = new Set<PromoterId>();
  readonly #seen = new Map<PromoterId, string>();
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #listening: Listening | null = null;
  #deaf: ReturnType<typeof setTimeout> | null = null;
  #checking = false;
  #closed = false;

  static async open(db: Database): Promise<Hub> {
    const hub = new Hub();
    hub.#listening = await listen(db, {
      onHeard: (announcement) => void hub.#hear(announcement).catch(complain),
      onDeaf: () => {
        hub.#deaf ??= setTimeout(() => hub.#endAll(), DEAF_MS);
      },
      onHearingAgain: () => hub.#catchUp(),
    });
    hub.#timers.push(
      setInterval(() => hub.#writeAll(beatFrame), BEAT_MS),
      setInterval(() => void hub.#checkRounds(), RIGHTS_MS),
    );
    return hub;
  }

  /** Whether changes are heard; while they are not, a stream would promise what it does not keep. */
  get hears(): boolean {
    return !this.#closed && this.#deaf === null;
  }

  /**
   * Adds a stream, and tells it what changed since where it left off; one that comes without such a place is told from now on.
   */
  async join(viewer: Omit<Viewer, 'rights' | 'told'>, rights: Rights, since: Vector): Promise<Viewer> {
    const shared = this.#shared(rights);
    const joined: Viewer = { ...viewer, rights: shared, told: new Map() };
    const seen: (PromoterSeen & { version: number })[] = [];
    for (const promoter of shared.grants.keys()) {
      const sight = (await sightsOf(promoter, new Set([shared]))).get(shared);
      if (!sight) continue;
      const { header, version: now } = sight.shelf;
      const version = since.get(header.slug) ?? now;
      joined.told.set(promoter, { slug: header.slug, version });
      seen.push({ ...seenOf(header), version });
    }
    if (this.#closed) {
      joined.sink.end();
      return joined;
    }
    joined.sink.write(frame('hello', { account: joined.account, promoters: seen }, resumeId(joined)));
    this.#viewers.add(joined);
    // What changed while it was read, and since it left off.
    for (const promoter of shared.grants.keys()) this.#gather(promoter);
    return joined;
  }

  /** Forgets a stream that has ended. */
  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Ends every stream; the process is about to end, or a test. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of [...this.#timers, ...this.#gathering.values()]) clearTimeout(timer);
    if (this.#deaf) clearTimeout(this.#deaf);
    this.#endAll();
    await this.#listening?.stop();
  }

  async #hear(announcement: Announcement): Promise<void> {
    switch (announcement.kind) {
      case 'stock':
      case 'seen':
        this.#gather(asPromoterId(announcement.promoter));
        return;
      case 'act': {
        const concerned = [...this.#viewers].filter(({ rights }) => mayConcern(rights, announcement));
        if (concerned.length === 0) return;
        const author = await readAuthor(announcement);
        const { act, id } = announcement;
        const told = frame('act', { act, id });
        for (const { account, rights, sink } of concerned)
          if (rights.wholeCabinet || account === author) sink.write(told);
        return;
      }
      case 'note': {
        const told = frame('note', {});
        for (const { account, sink } of this.#viewers) if (account === announcement.account) sink.write(told);
        return;
      }
      case 'rights': {
        const of = [...this.#viewers].filter(
          ({ account, rights }) =>
            account === announcement.account || rights.cabinet === announcement.cabinet,
        );
        await this.#checkAgain(new Set(of.map(({ account }) => account)));
      }
    }
  }

  /** What was announced while nothing was heard is lost: everything may have changed. */
  #catchUp(): void {
    if (this.#deaf) clearTimeout(this.#deaf);
    this.#deaf = null;
    this.#writeAll(frame('resync', { promoter: null }));
    const promoters = new Set([...this.#viewers].flatMap(({ rights }) => [...rights.grants.keys()]));
    for (const promoter of promoters) this.#gather(promoter);
    void this.#checkAgain(new Set([...this.#viewers].map(({ account }) => account))).catch(complain);
  }

  /** Tells of a promoter's stock soon, together with whatever else of it changes until then. */
  #gather(promoter: PromoterId, after = GATHER_MS): void {
    if (this.#closed || this.#gathering.has(promoter)) return;
    const tell = () => {
      // One round at a time; what changed during it is the next one's.
      if (this.#telling.has(promoter)) {
        this.#gathering.set(promoter, setTimeout(tell, GATHER_MS));
        return;
      }
      this.#gathering.delete(promoter);
      this.#telling.add(promoter);
      this.#tell(promoter)
        .catch((fault) => {
          complain(fault);
          this.#gather(promoter, AGAIN_MS);
        })
        .finally(() => this.#telling.delete(promoter));
    };
    this.#gathering.set(promoter, setTimeout(tell, after));
  }

  async #tell(promoter: PromoterId): Promise<void> {
    const viewers = [...this.#viewers].filter(({ rights }) => rights.grants.has(promoter));
    if (viewers.length === 0) return;
    noticeStockChange(promoter);
    const header = await tellStock(promoter, viewers);
    if (!header) return;
    const seen = seenOf(header);
    const known = JSON.stringify(seen);
    if (this.#seen.get(promoter) === known) return;
    this.#seen.set(promoter, known);
    const told = frame('seen', seen);
    for (const { rights, sink } of viewers) if (rights.grants.has(promoter)) sink.write(told);
  }

  /** One round at a time, however slow the database is. */
  async #checkRounds(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    await this.#checkRights().catch(complain);
    this.#checking = false;
  }

  /** Finds whose rights may have changed since the last time, in one query for all. */
  async #checkRights(): Promise<void> {
    const now = Date.now();
    for (const viewer of this.#viewers) if (viewer.expiresAt <= now) this.#end(viewer);
    const accounts = new Set([...this.#viewers].map(({ account }) => account));
    const stamps = await stampAccounts([...accounts]);
    const changed = new Set(
      [...accounts].filter((id) => stamps.get(id) !== this.#stamps.get(id) || !stamps.has(id)),
    );
    await this.#checkAgain(changed);
    this.#stamps.clear();
    for (const [id, stamp] of stamps) this.#stamps.set(id, stamp);
    const used = new Set([...this.#viewers].map(({ rights }) => rights.key));
    for (const key of this.#rights.keys()) if (!used.has(key)) this.#rights.delete(key);
  }

  async #checkAgain(accounts: ReadonlySet<string>): Promise<void> {
    for (const id of accounts) {
      forgetAccount(id);
      const account = await accountState(id);
      const now = account && rightsOf(account);
      for (const viewer of [...this.#viewers].filter((each) => each.account === id)) {
        const inForce = now && (await signedIn(viewer.cookie));
        if (!inForce) {
          viewer.sink.write(frame('rights', { ended: true }));
          this.#end(viewer);
        } else this.#reScope(viewer, this.#shared(now));
      }
    }
  }

  #reScope(viewer: Viewer, rights: Rights): void {
    if (viewer.rights === rights) return;
    viewer.rights = rights;
    for (const promoter of viewer.told.keys()) if (!rights.grants.has(promoter)) viewer.told.delete(promoter);
    viewer.sink.write(frame('rights', { ended: false }, resumeId(viewer)));
    for (const promoter of rights.grants.keys()) this.#gather(promoter);
  }

  #shared(rights: Rights): Rights {
    const known = this.#rights.get(rights.key);
    if (known) return known;
    this.#rights.set(rights.key, rights);
    return rights;
  }

  #writeAll(written: Buffer): void {
    for (const { sink } of this.#viewers) sink.write(written);
  }

  #end(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    viewer.sink.end();
  }

  #endAll(): void {
    for (const viewer of this.#viewers) this.#end(viewer);
  }
}

const complain = (fault: unknown) => log().error({ job: 'live', ...faultFacts(fault) }, 'live stream');

const seenOf = ({ slug, seenAt, attemptAt }: StockHeader): PromoterSeen => ({
  promoter: slug,
  seenAt: seenAt?.toISOString() ?? null,
  attemptAt: attemptAt?.toISOString() ?? null,
});

let opening: Promise<Hub> | undefined;

/** This process's hub, opened with the first stream; it ends with the process, and its streams with it. */
export function liveHub(): Promise<Hub> {
  opening ??= database()
    .then(Hub.open)
    .then((hub) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void hub.close());
      return hub;
    });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}
