import { issueLink } from '@/lib/accounts/issue-link';
import { hasOperator } from '@/lib/accounts/queries';
import { type Clock, systemClock } from '@/lib/core/clock';
import { asSystem } from '@/lib/db/tenancy';

/**
 * A deployment without an operator has nobody who opens the mailbox or invites again.
 * @returns a one-time link that creates the operator's account, as long as there is none
 */
export const offerOperator = (clock: Clock = systemClock): Promise<string | null> =>
  asSystem(async (tx) =>
    (await hasOperator(tx)) ? null : issueLink(tx, 'first-account', 'operator', clock.now(), 'live-on'),
  );
