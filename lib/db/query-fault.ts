import { DrizzleQueryError } from 'drizzle-orm';

/**
 * A query failed. Drivers and Drizzle quote the query's values in their messages and details, which are people's data and
 * links' secrets; this keeps of theirs the code alone (SQLSTATE, or the network's), so that no log can hold more.
 */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
  constructor(readonly code: string | null) {
    super(`A query failed (${code ?? 'without a code'})`);
  }
}

/** Runs database work; what a query throws is thrown again as `QueryFault`, anything else as it is. */
export async function withoutValues<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    throw isOfQuery(fault) ? new QueryFault(codeOf(fault)) : fault;
  }
}

/** `severity` marks the database's own errors, in both drivers: a commit's come without Drizzle's wrapping. */
const isOfQuery = (fault: unknown): fault is Error =>
  fault instanceof DrizzleQueryError || (fault instanceof Error && 'severity' in fault);

function codeOf(fault: unknown): string | null {
  if (!(fault instanceof Error)) return null;
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : codeOf(fault.cause);
}
