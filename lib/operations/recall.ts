import type { TenantTx } from '@/lib/db/tenancy';
import type { Act, Definition, OperationRef, OperationRow } from './definition';
import { hashOfAsked } from './lease';

/** A call that was begun: its phase, and the hash that was committed before the first byte left. */
export type BegunCall = { name: string; sentHash: string | null };

/** Reads again what the calls of an act were sent with, by the hash that each committed. */
export type Recall = (
  tx: TenantTx,
  act: { ref: OperationRef; row: OperationRow },
  calls: readonly BegunCall[],
) => Promise<Map<string, object>>;

/**
 * What calls were sent with is kept nowhere but in the act's own rows: it is composed from these as the phase composed it, and vouched for
 * only where its hash is still the one that was committed. A call is missing from the answer once what it said has changed or is gone.
 */
export const recallOf =
  <Subject, Data, Koban>(definition: Definition<Subject, Data, Koban>): Recall =>
  async (tx, { ref, row }, calls) => {
    const found = new Map<string, object>();
    const data = definition.data.safeParse(row.data);
    if (!data.success) return found;
    const act: Act<Subject, Data> = {
      ref,
      operation: row,
      data: data.data,
      subject: await definition.load(tx, row),
      recovered: true,
      now: () => new Date(),
    };
    for (const { name, sentHash } of calls) {
      const asked = askedAgain(definition, name, act);
      if (sentHash !== null && isObject(asked) && hashOfAsked(asked) === sentHash) found.set(sentHash, asked);
    }
    return found;
  };

/** What the phase would ask now; null when the act's rows no longer hold what it needs. */
function askedAgain<Subject, Data, Koban>(
  definition: Definition<Subject, Data, Koban>,
  phase: string,
  act: Act<Subject, Data>,
): unknown {
  try {
    return definition.phases[phase]?.asks(act) ?? null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
