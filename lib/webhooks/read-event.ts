import { and, eq, inArray, lte, ne } from 'drizzle-orm';
import type { PromoterId } from '@/lib/core/scope';
import { webhookEvent } from '@/lib/db/schema/all';
import type { TenantTx } from '@/lib/db/tenancy';
import { kobanDate } from '@/lib/koban/dates';
import { readText } from '@/lib/koban/wire';
import type { LooseTold, Sighting, Told } from '@/lib/options/judge-lot';
import type { EventName } from './keep-event';

export const optionEvents = [
  'option-placed',
  'option-prolonged',
  'option-cancelled',
  'option-expired',
] as const satisfies readonly EventName[];
export type OptionEvent = (typeof optionEvents)[number];

/** What an option's event says. Dates in seconds, milliseconds or `/Date(…)/`; an empty one is none. */
export type OptionFact = {
  event: OptionEvent;
  third: string;
  rank: number | null;
  /** ExpDate: the option's end as it was placed. */
  endsAt: Date | null;
  /** PrgDate: its end since it was prolonged. */
  prolongedTo: Date | null;
};

/** Reads an option's event; null when it does not say for whom. */
export function readOptionEvent(event: OptionEvent, fields: Record<string, string>): OptionFact | null {
  const third = readText(fields.Third_Guid);
  if (third === null) return null;
  const rank = Number(readText(fields.Rank)) || null;
  return { event, third, rank, endsAt: kobanDate(fields.ExpDate), prolongedTo: kobanDate(fields.PrgDate) };
}

/** By the second, as dates are compared on this wire. */
export const sameInstant = (a: Date | null | undefined, b: Date | null): boolean =>
  !!a && !!b && Math.floor(a.getTime() / 1000) === Math.floor(b.getTime() / 1000);

/**
 * All that was told of a lot's options until an instant of the database's clock. What a person has still to judge
 * (`quarantined`) says nothing, nor do calls that came since: they are worked upon in their turn.
 */
export async function toldOf(
  tx: TenantTx,
  { promoter, extcode }: { promoter: PromoterId; extcode: string },
  until: Date,
): Promise<Told> {
  const rows = await tx
    .selectDistinctOn([webhookEvent.contentHash], { event: webhookEvent.event, fields: webhookEvent.fields })
    .from(webhookEvent)
    .where(
      and(
        eq(webhookEvent.promoterId, promoter),
        eq(webhookEvent.lotExtcode, extcode),
        inArray(webhookEvent.event, [...optionEvents]),
        lte(webhookEvent.receivedAt, until),
        ne(webhookEvent.state, 'quarantined'),
      ),
    );
  return collect(
    rows.flatMap(({ event, fields }) => (isOptionEvent(event) ? (readOptionEvent(event, fields) ?? []) : [])),
  );
}

export const isOptionEvent = (event: EventName): event is OptionEvent =>
  optionEvents.some((each) => each === event);

/** Facts by what they are about, each placement once. */
export function collect(facts: readonly OptionFact[]): Told {
  const sightings = new Map<string, Sighting>();
  const loose: LooseTold[] = [];
  const ends: Told['ends'][number][] = [];
  for (const { event, third, rank, endsAt, prolongedTo } of facts) {
    switch (event) {
      case 'option-placed':
      case 'option-prolonged': {
        // A Koban that gives the new date as ExpDate too does not name the placement any more.
        if (!endsAt || sameInstant(endsAt, prolongedTo)) {
          loose.push({ third, prolongedTo });
          break;
        }
        const key = `${third} ${Math.floor(endsAt.getTime() / 1000)}`;
        const known = sightings.get(key);
        // Prolonged, it may have moved up since: its rank as placed tells more.
        const placedAs = event === 'option-placed' ? rank : (known?.rank ?? rank);
        sightings.set(key, {
          third,
          rank: placedAs,
          endsAt,
          prolongedTo: known?.prolongedTo ?? prolongedTo,
        });
        break;
      }
      case 'option-cancelled':
        ends.push({ third, how: 'cancelled' });
        break;
      case 'option-expired':
        ends.push({ third, how: 'expired' });
        break;
    }
  }
  return { sightings: [...sightings.values()], loose, ends };
}
