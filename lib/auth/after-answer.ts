import { after } from 'next/server';
import { faultFacts, log } from '@/lib/core/log';

/**
 * Runs work once the answer is on its way. What it throws is logged by its facts: Next would print the error itself, which
 * may quote people's data.
 * @param what named in the log
 */
export function afterAnswer(what: string, work: () => Promise<unknown>): void {
  after(async () => {
    try {
      await work();
    } catch (fault) {
      log().error({ work: what, ...faultFacts(fault) }, 'work after an answer failed');
    }
  });
}
