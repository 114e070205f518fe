import { and, eq, isNull } from 'drizzle-orm';
import { env } from '@/lib/core/env';
import { randomToken } from '@/lib/core/ids';
import { sha256 } from '@/lib/core/seal';
import { accountLink } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';
import { type LinkPurpose, linkLifeMs, linkPath } from './rules';

/** Whom a link is for: an account that exists, the promoter whose first account it will make, or (neither) the first operator. */
export type LinkTarget = { accountId: string } | { promoterId: string } | 'operator';

/** The links of a purpose that were made for this target. */
export function linksOf(purpose: LinkPurpose, target: LinkTarget) {
  const { accountId, promoterId } = accountLink;
  const whose =
    target === 'operator'
      ? and(isNull(accountId), isNull(promoterId))
      : 'accountId' in target
        ? eq(accountId, target.accountId)
        : eq(promoterId, target.promoterId);
  return and(eq(accountLink.purpose, purpose), whose, isNull(accountLink.usedAt));
}

/**
 * Makes a one-time link. Earlier links of the same purpose and target end, so that only the newest works.
 * @param earlier `live-on` at a start of the portal: whoever holds an earlier link must not lose it by that
 * @returns the whole address; only the hash of its secret is kept
 */
export async function issueLink(
  tx: SystemTx,
  purpose: LinkPurpose,
  target: LinkTarget,
  now: Date,
  earlier: 'end' | 'live-on' = 'end',
): Promise<string> {
  if (earlier === 'end') await tx.update(accountLink).set({ usedAt: now }).where(linksOf(purpose, target));
  const secret = randomToken(32);
  const expiresAt = new Date(now.getTime() + linkLifeMs[purpose]);
  await tx
    .insert(accountLink)
    .values({ purpose, ...(target === 'operator' ? {} : target), secretHash: sha256(secret), expiresAt });
  return new URL(`${linkPath[purpose]}/${secret}`, env().NEXTAUTH_URL).href;
}
