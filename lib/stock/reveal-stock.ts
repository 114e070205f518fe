import { hash } from 'node:crypto';
import type { PromoterId, TenantScope } from '@/lib/core/scope';
import { type Shelf, shelfOf } from './keep-shelf';

/** Which programmes of one promoter a person may see: all, or a convention's list. */
export type Grant = {
  readonly promoterId: PromoterId;
  readonly allProgrammes: boolean;
  readonly programmes: ReadonlySet<string>;
};

/** One promoter's stock as one person may see it. `scope` names what they may see, for caches and deltas. */
export type Sight = { shelf: Shelf; codes: ReadonlySet<string>; scope: string };

// Raised when the wire's tuples change, so that no browser merges rows of another shape.
const WIRE_FORMAT = 2;

type Known = { shelf: Shelf; sight: Sight };
const known = new WeakMap<Grant, Known>();

/** The stock under a grant: programmes that are open, listed by Koban, and granted. Null when the scope does not hold it. */
export async function revealStock(scope: TenantScope, grant: Grant): Promise<Sight | null> {
  const shelf = await shelfOf(scope, grant.promoterId);
  if (!shelf) return null;
  const same = known.get(grant);
  if (same?.shelf === shelf) return same.sight;
  const codes = new Set(
    shelf.programmes
      .filter(({ active, withdrawnAt }) => active && withdrawnAt === null)
      .map(({ code }) => code)
      .filter((code) => grant.allProgrammes || grant.programmes.has(code)),
  );
  const named = JSON.stringify([WIRE_FORMAT, shelf.settings, [...codes].sort()]);
  const sight: Sight = { shelf, codes, scope: hash('sha256', named, 'base64url').slice(0, 16) };
  known.set(grant, { shelf, sight });
  return sight;
}
