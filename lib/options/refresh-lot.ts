import type { PromoterId } from '@/lib/core/scope';
import { asTenant } from '@/lib/db/tenancy';
import { getLotStatus } from '@/lib/koban/options';
import type { Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { keepReading } from './read-grant';
import { askForPull } from './refresh-option';

/** Reads a lot again after an act on its option, and asks for the stock mirror's next pull. Without an answer the mirror stays as it was. */
export async function refreshLot(runner: Runner, promoterId: PromoterId, extcode: string): Promise<void> {
  const read = async () => {
    const outcome = await getLotStatus(await kobanFor(promoterId), extcode);
    if (outcome.kind !== 'done') return;
    await asTenant(runner.scope, (tx) => keepReading(tx, { promoterId, extcode }, outcome.value, outcome.at));
  };
  await Promise.all([askForPull(promoterId), read()]);
}
