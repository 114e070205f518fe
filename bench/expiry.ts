import { randomBytes, randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { mintSystem } from '@/lib/core/mint';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import { denonciation, operation, option, promoter, prospect } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { expireOptions } from '@/lib/options/expire-options';
import { settleIn } from './d-option';
import { databases } from './harness/databases';
import { figure } from './harness/figure';
import { type BenchKoban, type Call, callsMade, openKoban } from './harness/koban';

const OPTIONS = 1_000;
const LOTS = 2_400;
const LIFE_MS = 72 * 3_600_000;
const HALF_HOUR_MS = 1_800_000;

/** So many options that end at one half hour: from that instant until every one of them is known to have ended. */
export async function expireAll() {
  process.env.APP_ENCRYPTION_KEY ??= randomBytes(32).toString('base64');
  const figures = [];
  for (const { name, fresh } of await databases()) {
    const { ms, calls } = await fresh(expireOnce);
    const last = calls.reduce((sum, call) => sum + call.ms, 0) / calls.length;
    figures.push(
      figure([ms], {
        name: `expiry, ${name}`,
        what: `1,000 options that end at one half hour, all of them settled, on ${name}`,
        unit: 'ms',
        bar: { atMost: 20_000 },
        from: `${calls.length} readings of ${last.toFixed(1)} ms; the job itself begins within 3 s of the half hour`,
      }),
      figure([mostAtOnce(calls)], {
        name: `expiry, ${name}, calls`,
        what: 'the same: calls to Koban at once, at most',
        bar: { atMost: 4 },
        from: `${calls.length} readings`,
      }),
    );
  }
  return figures;
}

async function expireOnce(): Promise<{ ms: number; calls: Call[] }> {
  const koban = await openKoban(LOTS);
  const { actor, promoterId, lots } = await settleIn(koban);
  const boundary = new Date(Math.ceil((Date.now() + LIFE_MS) / HALF_HOUR_MS) * HALF_HOUR_MS);
  const codes = [...lots.values()].flat().slice(0, OPTIONS);
  if (codes.length < OPTIONS) throw new Error(`Only ${codes.length} lots are free`);
  await placeAll(koban, actor, promoterId, codes, boundary);
  await koban.control.clock({ now: boundary.toISOString(), stopped: true });
  callsMade();
  const start = performance.now();
  const settled = await expireOptions(mintSystem('system', promoterId, 'bench'), boundary);
  const ms = performance.now() - start;
  const left = await asSystem((tx) =>
    tx.select({ count: count() }).from(option).where(eq(option.state, 'placed')),
  );
  if (settled !== OPTIONS || left[0]?.count !== 0) throw new Error(`Only ${settled} options were settled`);
  return { ms, calls: callsMade() };
}

/** Options that stand in Koban and in the portal as after their placing, all with one end. */
async function placeAll(
  koban: BenchKoban,
  actor: PartnerActor,
  promoterId: PromoterId,
  codes: string[],
  boundary: Date,
): Promise<void> {
  const placedAt = new Date(boundary.getTime() - LIFE_MS);
  for (const [number, lot] of codes.entries()) {
    const third = { Label: `Prospect ${number}`, EMail: `prospect.${number}@exemple.fr` };
    const { success } = await koban.control.act('valmont', 'place-option', {
      lot,
      third,
      at: placedAt.getTime(),
    });
    if (!success) throw new Error(`${lot} could not be taken`);
  }
  const tenant = { promoterId, cabinetId: actor.cabinet, accountId: actor.account };
  const rows = codes.map((lotExtcode, number) => {
    const programmeCode = lotExtcode.split('-')[0] ?? '';
    const ids = {
      prospect: randomUUID(),
      denonciation: randomUUID(),
      filed: randomUUID(),
      placed: randomUUID(),
    };
    const act = { ...tenant, programmeCode, requestHash: 'bench', phase: 'bench', state: 'done' as const };
    return {
      prospect: {
        ...{
          ...tenant,
          id: ids.prospect,
          extcode: ids.prospect,
          lastName: 'Prospect',
          firstName: String(number),
        },
        ...{ email: `prospect.${number}@exemple.fr`, phone: '+33612345678', consentAt: placedAt, search: '' },
      },
      acts: [
        { ...act, id: ids.filed, kind: 'denonciation' as const, formKey: randomUUID(), data: {} },
        { ...act, id: ids.placed, kind: 'option' as const, formKey: randomUUID(), lotExtcode, data: {} },
      ],
      denonciation: {
        ...{ ...tenant, id: ids.denonciation, operationId: ids.filed, reference: randomUUID() },
        ...{ prospectId: ids.prospect, programmeCode, state: 'accepted' as const },
        consentAt: new Date(),
        wish: { typologies: [], rooms: null, budgetCents: null, source: null, comment: null },
      },
      option: {
        ...{ ...tenant, operationId: ids.placed, denonciationId: ids.denonciation, prospectId: ids.prospect },
        ...{ programmeCode, lotExtcode, rank: 1, state: 'placed' as const, placedAt, expiresAt: boundary },
      },
    };
  });
  await asSystem(async (tx) => {
    const [owner] = await tx.select().from(promoter).where(eq(promoter.id, promoterId));
    const kobanAccount = owner?.kobanAccount ?? '';
    await tx.insert(prospect).values(rows.map((row) => row.prospect));
    await tx
      .insert(operation)
      .values(rows.flatMap(({ acts }) => acts.map((act) => ({ ...act, kobanAccount }))));
    await tx.insert(denonciation).values(rows.map((row) => row.denonciation));
    await tx.insert(option).values(rows.map((row) => row.option));
  });
}

/** How many of these calls were under way at once, at most. */
function mostAtOnce(calls: readonly Call[]): number {
  const changes = calls.flatMap(({ at, ms }) => [
    { at, change: 1 },
    { at: at + ms, change: -1 },
  ]);
  changes.sort((one, other) => one.at - other.at || one.change - other.change);
  let now = 0;
  return changes.reduce((most, { change }) => {
    now += change;
    return Math.max(most, now);
  }, 0);
}
