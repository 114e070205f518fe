import { asTenant } from '@/lib/db/tenancy';
import { enqueue, followOne } from '@/lib/jobs/enqueue';
import { getLotStatus } from '@/lib/koban/options';
import type { OperationRef, Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { keepReading } from './read-lot';

/** After an act that Koban answered: asks for the mirror's next pull, and reads the lot again. Without an answer the mirror waits. */
export async function refreshLot(runner: Runner, ref: OperationRef, extcode: string | null): Promise<void> {
  if (extcode === null) return;
  const pull = enqueue(followOne, { promoterId: ref.promoter }, { singletonKey: ref.promoter });
  await Promise.all([pull, readAgain(runner, ref, extcode)]);
}

async function readAgain(runner: Runner, ref: OperationRef, extcode: string): Promise<void> {
  const outcome = await getLotStatus(await kobanFor(ref.promoter), extcode);
  if (outcome.kind !== 'done') return;
  const { value, at } = outcome;
  await asTenant(runner.scope, (tx) => keepReading(tx, { promoterId: ref.promoter, extcode }, value, at));
}
