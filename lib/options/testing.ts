import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { and, eq, like } from 'drizzle-orm';
import { mintSystem } from '@/lib/core/mint';
import type { PartnerActor, SystemActor } from '@/lib/core/scope';
import { audit, operation, option } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { acceptedDenonciation, mint, type Office, testKoban } from '@/lib/denonciations/testing';
import { getLotStatus } from '@/lib/koban/options';
import { resumeDueOperations } from '@/lib/operations/resume';
import { placeOption as placeInSandbox } from '@/sandbox/core/options';
import { resumeOption } from './add-option';
import { resumeCancellation } from './cancel-option';
import { placeOption } from './place-option';
import { resumeProlongation } from './prolong-option';

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

/** Sets Koban's clock to so many minutes past the nearest full or half hour, whatever the time is: ten are far from both. */
export function kobanPast(office: Office, minutes: number): void {
  const nearest = Math.round(Date.now() / HALF_HOUR_MS) * HALF_HOUR_MS;
  office.sandbox.clock.set(nearest + minutes * MINUTE_MS);
}

/** The portal hears from this Koban, and with it what its clock shows. */
export async function hear(office: Office): Promise<void> {
  await getLotStatus(await testKoban(office.promoter), office.freeLots[0] ?? '');
}

/** What anybody but the portal does in this office's Koban. */
export const scene = (office: Office) => ({
  world: office.sandbox.state,
  account: office.koban,
  cause: { origin: 'console' as const, callId: null },
});

/** A rival takes the next rank of a lot, at the promoter's own desk. */
export function rivalTakes(office: Office, extcode: string, placedAt = Date.now()): void {
  const guid = office.koban.newGuid('third');
  office.koban.thirds.set(guid, { guid, createdAt: 0, updatedAt: 0, wire: { Label: 'Rival' } });
  const rank = (office.koban.lot(extcode)?.options.length ?? 0) + 1;
  placeInSandbox(scene(office), { extcode, thirdGuid: guid, rank, placedAt, partGuid: null });
}

/** Places an option for a prospect of this partner's, and learns its end from Koban. @returns its id */
export async function placed(actor: PartnerActor, office: Office, extcode: string, rank: 1 | 2 = 1) {
  const denonciationId = await acceptedDenonciation(actor, office);
  const lot = { promoter: office.slug, extcode };
  const form = { formKey: randomUUID(), lot, denonciationId, confirmedRank: rank };
  // Placed in the very second of a half hour it would end on one, which may be anybody's end, rounded: nothing would prove it ours.
  while (Math.floor(Date.now() / 1_000) % 1_800 === 0) await wait(50);
  const { placing, afterwards } = await placeOption(actor, form);
  if (placing.kind !== 'placed') throw new Error(JSON.stringify(placing));
  await afterwards?.();
  return placing.id;
}

/** An option as it stands, whoever may see it. */
export async function optionOf(id: string) {
  const [row] = await asSystem((tx) => tx.select().from(option).where(eq(option.id, id)));
  if (!row) throw new Error('No such option');
  return row;
}

/** The acts of one kind, latest last. */
export const operationsOf = (office: Office, kind: 'prolongation' | 'annulation') =>
  asSystem((tx) =>
    tx
      .select()
      .from(operation)
      .where(and(eq(operation.promoterId, office.promoter), eq(operation.kind, kind)))
      .orderBy(operation.createdAt),
  );

/** What the audit tells of an option, oldest first. */
export const told = async (id: string) => {
  const rows = await asSystem((tx) =>
    tx
      .select({ action: audit.action, facts: audit.facts })
      .from(audit)
      .where(and(eq(audit.subjectId, id), like(audit.action, 'option.%')))
      .orderBy(audit.id),
  );
  return rows.map(({ action, facts }) => ({ action: action.slice('option.'.length), facts }));
};

/** The job that brings options to their end, for this office. */
export const expiry = (office: Office): SystemActor => mintSystem('system', office.promoter, 'expiry');

/** Takes up whatever is due at this instant. */
export const resumeAll = (at: Date) =>
  resumeDueOperations(
    {
      mint,
      runners: {
        option: resumeOption,
        prolongation: resumeProlongation,
        annulation: resumeCancellation,
      },
    },
    at,
  );
