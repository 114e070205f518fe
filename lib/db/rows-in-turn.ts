import { setImmediate as immediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { rowsOf, type Tx } from './client';

/** Some ten milliseconds of the embedded database, which works on the server's own thread. */
const AT_ONCE = 2_000;

/** The rows of a query that may have very many, so many at a time: in between, whoever waits for this process has a turn. */
export async function* rowsInTurn<Row>(tx: Tx, query: SQL): AsyncGenerator<Row[], void> {
  await tx.execute(sql`declare rows_in_turn no scroll cursor for ${query}`);
  for (;;) {
    const rows = await rowsOf<Row>(tx, sql.raw(`fetch ${AT_ONCE} from rows_in_turn`));
    yield rows;
    if (rows.length < AT_ONCE) break;
    await immediate();
  }
  await tx.execute(sql`close rows_in_turn`);
}
