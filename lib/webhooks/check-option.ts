import { sql } from 'drizzle-orm';
import { faultFacts, log } from '@/lib/core/log';
import type { SystemActor } from '@/lib/core/scope';
import { rowsOf } from '@/lib/db/client';
import { asTenant } from '@/lib/db/tenancy';
import { statusFamily } from '@/lib/stock/rules';

export type OptionCheck = { status: boolean; rank?: 1 | 2 };

/** Koban's salesman waits at his screen: without an answer of the database by then, the answer is no. */
const DEADLINE_MS = 250;
/** Two polls of five minutes missed (RELIABILITY, rule 16): what is known of the lot is then too old to say yes. */
const OLDEST_SECONDS = 600;

const no: OptionCheck = { status: false };

/**
 * Whether the portal lets Koban's salesman place an option on a lot, and at which rank. Reads the mirror alone, and writes
 * nothing. No: while a partner's act on the lot is under way or uncertain, when the lot is unknown or not open to an
 * option, when the mirror is too old, and when the database does not answer in a quarter of a second.
 */
export async function checkOption(actor: SystemActor, extcode: string): Promise<OptionCheck> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<OptionCheck>((resolve) => {
    timer = setTimeout(() => resolve(no), DEADLINE_MS);
  });
  const read = readLot(actor, extcode).catch((fault: unknown) => {
    log().error(faultFacts(fault), 'option-check');
    return no;
  });
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

type Row = {
  status: string;
  result: string | null;
  rank: number | null;
  open: boolean;
  fresh: boolean | null;
  held: boolean;
};

async function readLot({ scope, promoter }: SystemActor, extcode: string): Promise<OptionCheck> {
  const [row] = await asTenant(scope, (tx) =>
    rowsOf<Row>(
      tx,
      sql`select lot.status_code as status, lot.result, lot.option_rank as rank,
          lot.actable and not lot.secondary and lot.withdrawn_at is null as open,
          stock_sync.last_seen_at > clock_timestamp() - ${`${OLDEST_SECONDS} seconds`}::interval as fresh,
          exists (select from operation where operation.promoter_id = lot.promoter_id
            and operation.lot_extcode = lot.extcode and operation.state in ('open', 'uncertain')) as held
        from lot left join stock_sync on stock_sync.promoter_id = lot.promoter_id
        where lot.promoter_id = ${promoter} and lot.extcode = ${extcode}`,
    ),
  );
  if (!row?.open || !row.fresh || row.held) return no;
  return rankOf(row);
}

/** The next rank by the mirror. An option of ours is known before its lot's status is. */
export function rankOf({ status, result, rank }: Pick<Row, 'status' | 'result' | 'rank'>): OptionCheck {
  const family = statusFamily(status, result);
  if (family !== 'libre' && family !== 'option') return no;
  switch (rank ?? (family === 'libre' ? 0 : null)) {
    case 0:
      return { status: true, rank: 1 };
    case 1:
      return { status: true, rank: 2 };
    case null:
      // Under option, and how many is not known: Koban itself counts them.
      return { status: true };
    default:
      return no;
  }
}
