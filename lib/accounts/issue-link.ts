import { and, eq, isNull } from 'drizzle-orm';
import { env } from '@/lib/core/env';
import { randomToken } from '@/lib/core/ids';
import { sha256 } from '@/lib/core/seal';
import { accountLink } from '@/lib/db/schema/all';
import type { SystemTx } from '@/lib/db/tenancy';
import { type LinkPurpose, linkLifeMs, linkPath } from './rules';

/** Whom a link is for: an account that exists, or the promoter whose first account it will make. */
export type LinkTarget = { accountId: string } | { promoterId: string };

/**
 * Makes a one-time link. Earlier links of the same purpose and target end: only the newest works.
 * @returns the whole address; only the hash of its secret is kept
 */
export async function issueLink(
  tx: SystemTx,
  purpose: LinkPurpose,
  target: LinkTarget,
  now: Date,
): Promise<string> {
  const mine =
    'accountId' in target
      ? eq(accountLink.accountId, target.accountId)
      : eq(accountLink.promoterId, target.promoterId);
  await tx
    .update(accountLink)
    .set({ usedAt: now })
    .where(and(mine, eq(accountLink.purpose, purpose), isNull(accountLink.usedAt)));
  const secret = randomToken(32);
  const expiresAt = new Date(now.getTime() + linkLifeMs[purpose]);
  await tx.insert(accountLink).values({ purpose, ...target, secretHash: sha256(secret), expiresAt });
  return new URL(`${linkPath[purpose]}/${secret}`, env().NEXTAUTH_URL).href;
}
