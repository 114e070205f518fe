import { faultFacts, log } from './log';
import { asPromoterId } from './mint';
import type { PromoterId } from './scope';

/** Promoters that are worked for at one time. */
const AT_A_TIME = 4;

/**
 * Works on rows found for many promoters: those of one promoter in order, four promoters at a time. One that fails, or whose Koban
 * is slow, keeps no other waiting. The query takes one row of each before a second of any (`row_number() over (partition by …)`).
 * @param work is given one promoter's rows
 * @param failed what the log says where that throws
 */
export async function takeTurns<Row extends { promoter: string }>(
  rows: readonly Row[],
  work: (promoter: PromoterId, rows: readonly Row[]) => Promise<void>,
  failed: string,
): Promise<void> {
  const waiting = [...Map.groupBy(rows, ({ promoter }) => promoter)];
  const turn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [promoter, own] = next;
      await work(asPromoterId(promoter), own).catch((fault: unknown) =>
        log().error({ promoter, ...faultFacts(fault) }, failed),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, turn));
}
