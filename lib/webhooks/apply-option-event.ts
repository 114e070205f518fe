import { and, eq, sql } from 'drizzle-orm';
import type { SystemActor } from '@/lib/core/scope';
import { lot, operation, option, prospect, webhookEvent } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { type Reconciled, type Reconciliation, reconcileLot } from '@/lib/options/reconcile-lot';
import { noticeStockChange } from '@/lib/stock/keep-shelf';
import { lookAgain } from './look-again';
import { type NamedLot, nameLot } from './name-lot';
import type { EventRow, Verdict } from './process-event';
import { type OptionEvent, type OptionFact, readOptionEvent, sameInstant, toldOf } from './read-event';
import type { WebhookCode } from './schema';

const LONGEST_MS = 600_000;

type OptionRow = EventRow & { event: OptionEvent };

/** Brings a lot to where Koban has it, because a webhook gives a hint that something happened there. */
export async function applyOptionEvent(
  actor: SystemActor,
  row: OptionRow,
  at: Date | undefined,
): Promise<Verdict> {
  const fact = readOptionEvent(row.event, row.fields);
  if (!fact) return { state: 'quarantined', code: 'unreadable' };
  const found = await asTenant(actor.scope, (tx) => place(tx, actor, row, fact));
  if (found.kind === 'unreadable') return { state: 'quarantined', code: 'unreadable' };
  if (found.kind === 'unknown-lot') return lookAgain(row, 'unknown-lot');
  if (row.code === 'same-again' && found.known) return { state: 'duplicate', code: 'same-again' };
  const { extcode } = found;
  const result = await reconcileLot(actor, {
    extcode,
    told: (tx, until) => toldOf(tx, { promoter: actor.promoter, extcode }, until),
    ...(at && { now: () => at }),
  });
  if (result.kind === 'read' && result.mirrorChanged) noticeStockChange(actor.promoter);
  return verdictOf(row, fact, result, found);
}

/** Where a call belongs: the lot's code, and what is known here of the prospect it names. */
type Found = Extract<NamedLot, { kind: 'named' }> & { ours: boolean; met: boolean; known: boolean };

async function place(tx: TenantTx, actor: SystemActor, row: OptionRow, fact: OptionFact) {
  const named = await nameLot(tx, actor, row);
  if (named.kind !== 'named') return named;
  const { extcode } = named;
  const { promoter } = actor;
  const [mine] = await tx
    .select({ id: prospect.id })
    .from(prospect)
    .where(and(eq(prospect.promoterId, promoter), eq(prospect.kobanGuid, fact.third)))
    .limit(1);
  const [met] = await tx
    .select({ id: webhookEvent.id })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, promoter),
        eq(webhookEvent.lotExtcode, extcode),
        eq(webhookEvent.state, 'processed'),
        sql`${webhookEvent.fields} ->> 'Third_Guid' = ${fact.third}`,
      ),
    )
    .limit(1);
  const [seen] = await tx
    .select({ at: lot.optionSeenAt })
    .from(lot)
    .where(and(eq(lot.promoterId, promoter), eq(lot.extcode, extcode)));
  const live = await tx
    .select({ prolongedTo: option.prolongedTo })
    .from(option)
    .innerJoin(operation, eq(operation.id, option.operationId))
    .where(
      and(
        eq(option.promoterId, promoter),
        eq(option.lotExtcode, extcode),
        eq(option.state, 'placed'),
        sql`${operation.data} ->> 'thirdGuid' = ${fact.third}`,
      ),
    );
  return {
    ...named,
    ours: mine !== undefined,
    met: met !== undefined,
    known: mine ? isKnown(fact, live) : (seen?.at ?? new Date(0)) > row.receivedAt,
  };
}

/** Whether what a call implies of a partner's prospect is shown already; of somebody else's, any reading since it came will do. */
function isKnown({ event, prolongedTo }: OptionFact, live: { prolongedTo: Date | null }[]): boolean {
  switch (event) {
    case 'option-placed':
      return live.length > 0;
    case 'option-prolonged':
      return live.some((each) => sameInstant(each.prolongedTo, prolongedTo));
    case 'option-cancelled':
    case 'option-expired':
      return live.length === 0;
  }
}

const done = (code: WebhookCode): Verdict => ({ state: 'processed', code });

function verdictOf(row: OptionRow, fact: OptionFact, result: Reconciliation, found: Found): Verdict {
  const patience = Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(row.attempts, 10));
  switch (result.kind) {
    case 'unknown-lot':
      return lookAgain(row, 'unknown-lot');
    case 'unread':
      return { state: 'later', code: 'unread', afterMs: patience };
    case 'read': {
      const theirs = result.holdings.filter(({ third }) => third === fact.third);
      if (theirs.some(({ held }) => held)) {
        return { state: 'later', code: 'act-under-way', afterMs: Math.min(patience, 60_000) };
      }
      return judgeRead(row, fact, theirs, found, result.reading?.rank1EndsAt ?? null);
    }
  }
}

/** What a call has come to once the lot was read. */
function judgeRead(
  row: OptionRow,
  fact: OptionFact,
  theirs: readonly Reconciled[],
  { ours, met }: Found,
  rank1EndsAt: Date | null,
): Verdict {
  const elsewhere = (): Verdict => {
    const shown = theirs.some(({ standing }) => standing === 1 || standing === 2);
    if (ours) return done(shown ? 'not-credited' : 'over-since');
    return met || shown ? done('not-ours') : lookAgain(row, 'unknown-third');
  };
  switch (fact.event) {
    case 'option-placed': {
      const it = theirs.find(({ sighting }) => !fact.endsAt || sameInstant(sighting?.endsAt, fact.endsAt));
      return it?.optionId ? done('recorded') : elsewhere();
    }
    case 'option-prolonged': {
      const it = theirs.find(({ sighting }) => sameInstant(sighting?.prolongedTo, fact.prolongedTo));
      if (!it?.optionId) return elsewhere();
      if (it.over) return done('over-since');
      const denied =
        it.standing === 'unsure' || (it.standing === 1 && !sameInstant(rank1EndsAt, fact.prolongedTo));
      return denied ? lookAgain(row, 'contradicted') : done('recorded');
    }
    case 'option-cancelled':
    case 'option-expired': {
      const mine = theirs.filter(({ optionId }) => optionId !== null);
      // An option that goes on is explained by another of the same prospect's that has ended.
      if (mine.length > 0)
        return theirs.some(({ over }) => over) ? done('recorded') : lookAgain(row, 'contradicted');
      return ours ? done('nothing-to-end') : elsewhere();
    }
  }
}
