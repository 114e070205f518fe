import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, asc, eq } from 'drizzle-orm';
import { accountState } from '@/lib/auth/account-state';
import { actorOf } from '@/lib/auth/actor';
import { applyProvisioning } from '@/lib/boot/apply-provisioning';
import { readProvisioning } from '@/lib/boot/read-provisioning';
import { asPromoterId } from '@/lib/core/mint';
import type { PartnerActor } from '@/lib/core/scope';
import { account, lot, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { fileDenonciations } from '@/lib/denonciations/file-denonciations';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { denonciationSchema } from '@/lib/denonciations/schema';
import { closeQueue, followOne, jobQueue } from '@/lib/jobs/enqueue';
import { followPromoter } from '@/lib/jobs/follow-stock';
import { placeOption } from '@/lib/options/place-option';
import { OPTIONS_PER_PROSPECT } from '@/lib/options/rules';
import { root } from '@/scripts/processes';
import { databases } from './harness/databases';
import { figure } from './harness/figure';
import { type BenchKoban, callsMade, openKoban } from './harness/koban';
import { visitor } from './harness/people';
import { median, percentile } from './harness/statistics';

const OPTIONS = 210;
const LOTS = 1_200;

/** What the portal adds to the two calls that Koban needs for an option: its checks before, its journal, its audit, and the reading after it that shows the rank. */
export async function placeOptions() {
  // The promoter's keys are sealed in the database, as in production.
  process.env.APP_ENCRYPTION_KEY ??= randomBytes(32).toString('base64');
  const figures = [];
  for (const { name, fresh } of await databases()) {
    const placed = await fresh(placeAll);
    const added = placed.map(({ total, called }) => total - called);
    const called = placed.map((each) => each.called);
    figures.push(
      figure(
        { median: percentile(added, 0.5), min: Math.min(...added), max: Math.max(...added) },
        {
          name: `d, ${name}`,
          what: `added to Koban's two calls for an option, a reading of the rank granted included, on ${name}, p50`,
          unit: 'ms',
          bar: { atMost: 20 },
          from: `${placed.length} options; p95 ${percentile(added, 0.95).toFixed(1)} ms; the two calls ${median(called).toFixed(1)} ms; this process's processor, calls included, ${median(placed.map(({ cpu }) => cpu)).toFixed(1)} ms`,
        },
      ),
    );
  }
  return figures;
}

/** Milliseconds: from the person's click to Koban's answer kept, in the two calls, of this process's processor. */
type Placed = { total: number; called: number; cpu: number };

async function placeAll(): Promise<Placed[]> {
  const koban = await openKoban(LOTS);
  await koban.control.policy('valmont', { apiUserCap: 2 * OPTIONS });
  const { actor, lots } = await settleIn(koban);
  // The jobs' own process pulls what an option changed: here it is asked to, and nobody does.
  await (await jobQueue()).createQueue(followOne, { policy: 'short' });
  try {
    return await placeEach(actor, lots);
  } finally {
    await closeQueue(1_000);
  }
}

async function placeEach(actor: PartnerActor, lots: Map<string, string[]>): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const [programme, codes] of lots) {
    while (codes.length >= OPTIONS_PER_PROSPECT && placed.length < OPTIONS) {
      const denonciationId = await denounce(actor, programme, placed.length);
      for (const extcode of codes.splice(0, OPTIONS_PER_PROSPECT))
        placed.push(await place(actor, extcode, denonciationId));
    }
  }
  if (placed.length < OPTIONS) throw new Error(`Only ${placed.length} options could be placed`);
  return placed;
}

async function place(actor: PartnerActor, extcode: string, denonciationId: string): Promise<Placed> {
  callsMade();
  const used = process.cpuUsage();
  const start = performance.now();
  const { placing, afterwards } = await placeOption(actor, {
    formKey: randomUUID(),
    lot: { promoter: 'valmont', extcode },
    denonciationId,
    confirmedRank: 1,
  });
  const total = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  await afterwards?.();
  const [asked, added, read, ...others] = callsMade();
  if (placing.kind !== 'placed' || !asked || !added || !read || others.length > 0)
    throw new Error(`${extcode}: ${JSON.stringify(placing)}`);
  return { total, called: asked.ms + added.ms, cpu: (user + system) / 1000 };
}

/** The demo's people with no limit on their options, the stock mirrored, and its free lots by programme. */
export async function settleIn({ url }: BenchKoban) {
  const demo = readFileSync(join(root, 'sandbox/demo.provisioning.json'), 'utf8');
  const file = readProvisioning(
    demo.replaceAll('http://127.0.0.1:4001', url).replace(/"maxOptions": \d+/g, '"maxOptions": null'),
  );
  await applyProvisioning(file, { koban: null, webhookSecret: null });
  const { person, promoterId } = await asSystem(async (tx) => {
    const [found] = await tx.select({ id: account.id }).from(account).where(eq(account.email, visitor.email));
    const [owner] = await tx.select({ id: promoter.id }).from(promoter).where(eq(promoter.slug, 'valmont'));
    return { person: found?.id ?? '', promoterId: asPromoterId(owner?.id ?? '') };
  });
  const state = await accountState(person);
  const actor = state && actorOf(state);
  if (actor?.kind !== 'partner') throw new Error('The demo has no such partner');
  const result = await followPromoter(promoterId, 'due');
  if (result.kind !== 'done') throw new Error(`The mirror: ${JSON.stringify(result)}`);
  const free = await asSystem((tx) =>
    tx
      .select({ extcode: lot.extcode, programme: lot.programmeCode })
      .from(lot)
      .where(and(eq(lot.promoterId, promoterId), eq(lot.statusCode, 'LIBRE'), eq(lot.secondary, false)))
      .orderBy(asc(lot.extcode)),
  );
  const lots = Map.groupBy(free, (each) => each.programme);
  return {
    actor,
    promoterId,
    lots: new Map([...lots].map(([code, rows]) => [code, rows.map((row) => row.extcode)])),
  };
}

/** An accepted dénonciation of a prospect whom nobody has met. @returns its id */
async function denounce(actor: PartnerActor, code: string, number: number): Promise<string> {
  const digits = String(number).padStart(4, '0');
  const form = denonciationSchema.parse({
    formKey: randomUUID(),
    gender: 'MME',
    lastName: `Lefèvre ${digits}`,
    firstName: 'Noémie',
    email: `noemie.${digits}@exemple.fr`,
    phone: `06 12 34 ${digits.slice(0, 2)} ${digits.slice(2)}`,
    programmes: [{ promoter: 'valmont', code }],
    typologies: ['T3'],
    rooms: 3,
    budget: '352 500 €',
    source: 'network',
    comment: '',
    consent: true,
  });
  const [filing] = await fileDenonciations(actor, form);
  if (filing?.kind !== 'filed') throw new Error(`Not filed: ${filing?.code}`);
  await poseDenonciation(actor, filing.ref);
  return filing.id;
}
