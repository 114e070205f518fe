import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { audit } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { type Act, readDenonciations, readOptions, readReservations, readRestored } from './read-acts';
import { codeOfDenonciation, codeOfOption, codeOfReservation, type Deed, type PresentOption } from './rules';
import type { NoticeCode, NoticeParams } from './schema';

/** One thing to tell, before it is known whom by which ways. */
export type Telling = {
  code: NoticeCode;
  params: NoticeParams;
  href: string;
  /** The same thing, told once to the same person whatever is read again. */
  once: string;
  /** The programme that a person must still be granted; null for their own acts, which any convention with the promoter opens. */
  programme: string | null;
  cabinet: string;
  account: string;
  /** Also to the managers of the cabinet, as far as they choose. */
  team: boolean;
  /** Whoever did it and saw the answer. */
  doer: string | null;
  /** The alert that telling it honours. */
  alert: number | null;
};

/** An audit entry that may be worth telling. */
export type Entry = Awaited<ReturnType<typeof entriesSince>>[number];

const told = ['denonciation', 'option', 'reservation'];

/** Acts in the audit from an instant on, in the order in which they were written, after the one with this id. */
export function entriesSince(
  tx: TenantTx,
  promoterId: PromoterId,
  { since, after, limit }: { since: Date; after: number; limit: number },
) {
  return tx
    .select({
      id: audit.id,
      at: audit.at,
      actorKind: audit.actorKind,
      actorAccount: audit.actorAccount,
      action: audit.action,
      subjectType: audit.subjectType,
      subjectId: audit.subjectId,
      facts: audit.facts,
    })
    .from(audit)
    .where(
      and(
        eq(audit.promoterId, promoterId),
        sql`${audit.at} > ${since.toISOString()}::timestamptz`,
        gt(audit.id, after),
        inArray(audit.subjectType, told),
      ),
    )
    .orderBy(asc(audit.id))
    .limit(limit);
}

/** The address of a lot's page. */
export const lotPath = (slug: string, extcode: string): string =>
  `/lots/${encodeURIComponent(slug)}/${encodeURIComponent(extcode)}`;

const noParams: NoticeParams = {
  prospect: '',
  lot: '',
  programme: '',
  rank: null,
  until: null,
  before: null,
  after: null,
};
export const paramsOf = (known: Partial<NoticeParams>): NoticeParams => ({ ...noParams, ...known });

/** What these entries tell, each against the present state of what it speaks of: what has changed since is not told. */
export async function collectActs(
  tx: TenantTx,
  { promoterId, slug }: { promoterId: PromoterId; slug: string },
  entries: readonly Entry[],
): Promise<Telling[]> {
  if (entries.length === 0) return [];
  const ids = (type: string) => [
    ...new Set(entries.filter((entry) => entry.subjectType === type).map((entry) => entry.subjectId)),
  ];
  const filed = await readDenonciations(tx, promoterId, ids('denonciation'));
  const options = await readOptions(tx, promoterId, ids('option'));
  const files = await readReservations(tx, promoterId, ids('reservation'));
  const restored = await readRestored(tx, promoterId, [...options.keys()]);
  return entries.flatMap((entry): Telling[] => {
    const { subjectId: id, actorKind, actorAccount } = entry;
    const deed = deedOf(entry);
    const done = (row: Act, code: NoticeCode | null, href: string, key: string): Telling[] =>
      code === null
        ? []
        : [
            {
              code,
              href,
              once: `${entry.subjectType}:${id}:${key}`,
              params: paramsOf({ ...row.params, rank: row.rank, until: row.until?.toISOString() ?? null }),
              programme: null,
              cabinet: row.cabinet,
              account: row.account,
              team: true,
              doer: actorKind === 'partner' ? actorAccount : null,
              alert: null,
            },
          ];
    const one = filed.get(id);
    if (one) return done(one, codeOfDenonciation(deed, one), `/denonciations/${id}`, attemptKey(deed, entry));
    const held = options.get(id);
    if (held) {
      return done(
        held,
        codeOfOption(deed, held),
        lotPath(slug, held.lot),
        optionKey(deed, entry, held, restored.get(id) ?? []),
      );
    }
    const file = files.get(id);
    return file ? done(file, codeOfReservation(deed, file), `/reservations/${id}`, actKey(deed, entry)) : [];
  });
}

function deedOf({ action, actorKind, facts }: Entry): Deed {
  const { rank, code } = facts ?? {};
  return {
    verb: action.slice(action.indexOf('.') + 1),
    byPartner: actorKind === 'partner',
    settled: typeof facts?.proof === 'string',
    rank: typeof rank === 'number' ? rank : null,
    code: typeof code === 'string' ? code : null,
  };
}

/**
 * A rank moves each time anew, an end is put off once, and whose doing an end was may be proven later. An end that was wrongly
 * told is taken back each time, and what ends after that ends anew.
 * @param restored the entries that took an end of it back
 */
function optionKey(
  deed: Deed,
  entry: Entry,
  { rank, endedBy }: Pick<PresentOption, 'rank' | 'endedBy'>,
  restored: readonly number[],
): string {
  const { verb, code } = deed;
  if (verb === 'rank-moved') return `${verb}:${rank}`;
  if (verb === 'placed' && code === 'restored') return `${verb}:${code}:${entry.id}`;
  if (verb === 'placed' && code === 'by-promoter') return `${verb}:${code}`;
  const key = verb === 'cancelled' && endedBy === 'unproven' ? `${verb}:${endedBy}` : actKey(deed, entry);
  const last = restored.findLast((id) => id < entry.id);
  return last !== undefined && (verb === 'cancelled' || verb === 'expired') ? `${key}:${last}` : key;
}

/** What did not come about may be asked for again, and so may a file be sent. */
const actKey = ({ verb }: Deed, { id }: Entry): string =>
  /^(prolongation|cancellation|withdrawal|dossier)-/.test(verb) ? `${verb}:${id}` : verb;

/** A dénonciation that was sent again may be refused again. */
const attemptKey = ({ verb }: Deed, { facts }: Entry): string => `${verb}:${facts?.attempt ?? 1}`;
