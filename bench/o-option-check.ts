import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { applyProvisioning } from '@/lib/boot/apply-provisioning';
import { readProvisioning } from '@/lib/boot/read-provisioning';
import { asPromoterId } from '@/lib/core/mint';
import type { PromoterId } from '@/lib/core/scope';
import { lot, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { followPromoter } from '@/lib/jobs/follow-stock';
import { answerKoban } from '@/lib/webhooks/answer-koban';
import { forgetDoors } from '@/lib/webhooks/know-caller';
import { root } from '@/scripts/processes';
import { databases } from './harness/databases';
import { figure } from './harness/figure';
import { type BenchKoban, openKoban } from './harness/koban';
import { percentile } from './harness/statistics';

const LOTS = 20_000;
const PER_SECOND = 50;
const ROUNDS = 3;

/**
 * Koban's « may an option be placed? », asked at a steady rate of the portal's own handler while the mirror writes 20,000 lots in the
 * same process: what a busy server adds to an answer from memory. The road to the server is left out.
 */
export async function optionCheck() {
  process.env.APP_ENCRYPTION_KEY ??= randomBytes(32).toString('base64');
  const koban = await openKoban(LOTS);
  const figures = [];
  for (const { name, fresh } of await databases()) {
    const { rounds, firstMs } = await fresh(() => askWhileSyncing(koban));
    const p99s = rounds.map((answers) =>
      percentile(
        answers.map(({ ms }) => ms),
        0.99,
      ),
    );
    const all = rounds.flat().map(({ ms }) => ms);
    const unproven = rounds.flat().filter(({ status }) => !status).length;
    figures.push(
      figure(
        { median: percentile(all, 0.99), min: Math.min(...p99s), max: Math.max(...p99s) },
        {
          name: `option-check, ${name}`,
          what: `option-check at ${PER_SECOND} requests/s while the mirror writes 20,000 lots, on ${name}, p99`,
          unit: 'ms',
          bar: { atMost: 50 },
          from: `${all.length} requests over ${ROUNDS} syncs; p50 ${percentile(all, 0.5).toFixed(1)} ms, most ${Math.max(...all).toFixed(1)} ms; ${unproven} said no, for want of a proof of the last second; the first of all, before the syncs, ${firstMs.toFixed(1)} ms`,
        },
      ),
    );
  }
  return figures;
}

const demoSchema = z.object({
  promoters: z.array(z.object({ webhook: z.object({ token: z.string(), secret: z.string() }) })),
});

type Answer = { ms: number; status: boolean };

/** The answers, by round. The lot is free: a no is the portal's own. */
async function askWhileSyncing({ url }: BenchKoban): Promise<{ rounds: Answer[][]; firstMs: number }> {
  const demo = readFileSync(join(root, 'sandbox/demo.provisioning.json'), 'utf8');
  const file = readProvisioning(demo.replaceAll('http://127.0.0.1:4001', url));
  await applyProvisioning(file, { koban: null, webhookSecret: null });
  forgetDoors();
  const [door] = demoSchema.parse(JSON.parse(demo)).promoters;
  if (!door) throw new Error('The demo has no promoter');
  const promoterId = await valmont();
  await sync(promoterId, 'due');
  const [free] = await asSystem((tx) =>
    tx
      .select({ extcode: lot.extcode })
      .from(lot)
      .where(and(eq(lot.promoterId, promoterId), eq(lot.statusCode, 'LIBRE'), eq(lot.secondary, false)))
      .limit(1),
  );
  const question = { ...door.webhook, extcode: free?.extcode ?? '' };
  const start = performance.now();
  await ask(question);
  const firstMs = performance.now() - start;
  const rounds: Answer[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Every lot differs from what is kept: the pass writes them all.
    await asSystem((tx) => tx.execute(sql`update lot set content_hash = ''`));
    // Asked steadily, the portal knows of the last second when the pass begins.
    await ask(question);
    rounds.push(await askDuring(sync(promoterId, 'reconcile'), question));
  }
  return { rounds, firstMs };
}

type Question = { token: string; secret: string; extcode: string };

/** From when each answer was due to be asked for, so that a process that stalls delays none of the others. */
async function askDuring(pass: Promise<void>, question: Question): Promise<Answer[]> {
  let over = false;
  const passed = pass.finally(() => {
    over = true;
  });
  passed.catch(() => {});
  const answers: Promise<Answer>[] = [];
  const start = performance.now();
  for (let n = 0; !over; n += 1) {
    const due = start + (n * 1_000) / PER_SECOND;
    // What is due already is asked at once, as connections that wait are taken together.
    if (due > performance.now()) await sleep(due - performance.now());
    answers.push(ask(question).then((status) => ({ status, ms: performance.now() - due })));
  }
  await passed;
  return Promise.all(answers);
}

async function ask({ token, secret, extcode }: Question): Promise<boolean> {
  const request = new Request(`http://portal/option-check?extcode=${extcode}`, {
    headers: { 'x-parvis-secret': secret },
  });
  const answer = await answerKoban(request, { token, event: 'option-check' });
  return z.object({ status: z.boolean() }).parse(await answer.json()).status;
}

async function sync(promoterId: PromoterId, pass: 'due' | 'reconcile'): Promise<void> {
  const result = await followPromoter(promoterId, pass);
  if (result.kind !== 'done' || result.changed < LOTS)
    throw new Error(`The mirror: ${JSON.stringify(result)}`);
}

async function valmont(): Promise<PromoterId> {
  const [row] = await asSystem((tx) =>
    tx.select({ id: promoter.id }).from(promoter).where(eq(promoter.slug, 'valmont')),
  );
  return asPromoterId(row?.id ?? '');
}
