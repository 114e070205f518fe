import { sql } from 'drizzle-orm';
import { faultFacts, log } from '@/lib/core/log';
import type { PromoterId, SystemActor } from '@/lib/core/scope';
import { within } from '@/lib/core/within';
import { rowsOf } from '@/lib/db/client';
import { rowsInTurn } from '@/lib/db/rows-in-turn';
import { asTenant } from '@/lib/db/tenancy';
import type { StockLot } from '@/lib/stock/schema';

/**
 * A lot as the mirror has it. `open`: it may bear an option at all. Of its options, what was last read, when, and when rank 1 ends; in
 * milliseconds since 1970.
 */
export type BoardLot = {
  status: string;
  result: string | null;
  rank: StockLot['optionRank'];
  rank1EndsAt: number | null;
  seenAt: number | null;
  open: boolean;
};

/** What this process last read of a promoter's lots. */
export type Board = {
  lots: Map<string, BoardLot>;
  /** The lots with an act of ours under way or uncertain. */
  held: ReadonlySet<string>;
  /** How old the mirror was when it was read; null when it was never fed. */
  mirrorSeconds: number | null;
  /** Up to which stock version the lots are known. */
  version: number;
  /** When this was true, on this process's monotonic clock: the reading began then. */
  at: number;
};

/**
 * No answer rests on a reading that began earlier than this: an act that began within it may go unseen, and Koban alone decides
 * then, as it does when both come at once. While the embedded database writes a whole stock a reading takes a quarter of it.
 */
const HOLDS_MS = 1_000;
/** A reading that takes longer is given up, so that the next can find the database back. */
const GIVEN_UP_MS = 2_000;

type Keeper = { board: Board | null; reading: Promise<void> | null };

// Routes are bundled apart from jobs and pages: one slot for the whole process, as for the database.
const slot = globalThis as typeof globalThis & { parvisBoards?: Map<PromoterId, Keeper> };
slot.parvisBoards ??= new Map();
const keepers = slot.parvisBoards;

/**
 * The promoter's board as it was at most a second ago; null when that cannot be had. Every question has it read anew, and waits for
 * that only where what is known is older. Never rejects.
 */
export async function recentBoard(actor: SystemActor): Promise<Board | null> {
  let keeper = keepers.get(actor.promoter);
  if (!keeper) {
    keeper = { board: null, reading: null };
    keepers.set(actor.promoter, keeper);
  }
  keeper.reading ??= read(keeper, actor);
  const { reading } = keeper;
  if (!holds(keeper.board)) await reading;
  return holds(keeper.board) ? keeper.board : null;
}

const holds = (board: Board | null): boolean => board !== null && performance.now() - board.at < HOLDS_MS;

async function read(keeper: Keeper, actor: SystemActor): Promise<void> {
  const at = performance.now();
  const known = keeper.board;
  try {
    const news = await within(GIVEN_UP_MS, readNews(actor, known?.version ?? -1));
    if (!news) throw new Error('The database does not answer');
    const lots = known?.lots ?? new Map<string, BoardLot>();
    let version = known?.version ?? -1;
    for (const { extcode, version: changed, ...lot } of news.lots) {
      lots.set(extcode, lot);
      version = Math.max(version, Number(changed));
    }
    keeper.board = { ...news, at, lots, version };
  } catch (fault) {
    // The lots stay, for the next reading to go on from; nothing is answered from them until then.
    if (known) known.at = Number.NEGATIVE_INFINITY;
    log().error(faultFacts(fault), 'option-check');
  } finally {
    keeper.reading = null;
  }
}

type Head = { mirrorSeconds: number | null; held: string[] };
type NewLot = BoardLot & { extcode: string; version: number | string };

/** What has changed of the lots since a version, and all else as it is now. */
function readNews({ scope, promoter }: SystemActor, since: number) {
  return asTenant(scope, async (tx) => {
    // Acts first: one that ends between the two statements has left its mark on the lot, which is then never shown free at the rank
    // that the act has just taken.
    const [head] = await rowsOf<Head>(
      tx,
      sql`select extract(epoch from clock_timestamp() - last_seen_at)::float8 as "mirrorSeconds",
          array(select lot_extcode from operation where promoter_id = ${promoter} and state in ('open', 'uncertain')
            and lot_extcode is not null) as held
        from promoter left join stock_sync on stock_sync.promoter_id = promoter.id where promoter.id = ${promoter}`,
    );
    if (!head) throw new Error('There is no such promoter');
    // Ordered, so that a database without statistics takes the index on versions too.
    const changed = sql`select extcode, version, status_code as status, result, option_rank as rank,
        (extract(epoch from rank1_ends_at) * 1000)::float8 as "rank1EndsAt",
        (extract(epoch from option_seen_at) * 1000)::float8 as "seenAt",
        actable and not secondary and withdrawn_at is null as open
      from lot where promoter_id = ${promoter} and version > ${since} order by version`;
    const lots: NewLot[] = [];
    for await (const rows of rowsInTurn<NewLot>(tx, changed)) lots.push(...rows);
    return { lots, mirrorSeconds: head.mirrorSeconds, held: new Set(head.held) };
  });
}
