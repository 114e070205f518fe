import { sql } from 'drizzle-orm';
import type { Job } from 'pg-boss';
import { z } from 'zod';
import { purgeExpired } from '@/lib/accounts/purge-expired';
import { env } from '@/lib/core/env';
import { faultFacts, log } from '@/lib/core/log';
import { asCabinetId, asPromoterId, mintSystem } from '@/lib/core/mint';
import { database } from '@/lib/db/client';
import { stockSync } from '@/lib/db/schema/all';
import { refreshStatistics } from '@/lib/db/statistics';
import { asSystem } from '@/lib/db/tenancy';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { sendDueMail } from '@/lib/mail/send-due-mail';
import { pushNotices } from '@/lib/notifications/push-notices';
import { sweepNotices } from '@/lib/notifications/sweep-notices';
import { type Resumption, resumeDueOperations } from '@/lib/operations/resume';
import { resumeOption } from '@/lib/options/add-option';
import { resumeCancellation } from '@/lib/options/cancel-option';
import { expireOptions } from '@/lib/options/expire-options';
import { resumeProlongation } from '@/lib/options/prolong-option';
import { registerDueCgps } from '@/lib/partners/register-cgp';
import { resumeDossier } from '@/lib/reservations/add-dossier';
import { resumePreresv } from '@/lib/reservations/add-preresv';
import { resumeWithdrawal } from '@/lib/reservations/close-preresv';
import { reviewReservations } from '@/lib/reservations/review-reservations';
import { processDueEvents } from '@/lib/webhooks/process-events';
import { reviewLots } from '@/lib/webhooks/review-lots';
import { closeQueue, enqueue, followOne, jobQueue, reconcileOne } from './enqueue';
import { everyPromoter, followPromoter, promoterFollower } from './follow-stock';
import { repeat } from './repeat';
import { noticeStands, tellNews, tellReminders } from './tell-people';

/** Acts are read back 30 s after an unknown answer at the earliest: five seconds add little to that. */
const RESUME_SECONDS = 5;
const MAIL_SECONDS = 5;
/** Whoever waits behind an option that ends is told within moments. */
const EXPIRY_SECONDS = 3;
/** A call of Koban's is worked upon as it comes; this takes up what a process left, and what waits for another look. */
const WEBHOOK_SECONDS = 2;
const REVIEW_SECONDS = 30;
/** People are told of what happened within seconds of it; of what will end soon, to the half minute. */
const NEWS_SECONDS = 2;
const REMINDER_SECONDS = 30;
const QUEUE_RETRY_SECONDS = 30;
/** How often the queue is asked for the pull that an act wants: as often as it lets itself be, since partners wait for what it brings. */
const FOLLOW_SECONDS = 0.5;
const PURGE_SECONDS = 3600;
const CGP_SECONDS = 30;
const STATISTICS_SECONDS = 3600;
/** In the dead of the night, away from :00 and :30, when Koban ends options; an hour that no change of the clocks skips or doubles. */
const NIGHTLY = { cron: '23 3 * * *', tz: 'Europe/Paris' };
const STOP_MS = 8_000;

const reconcileAll = 'reconcile-stock';
const promoterJob = z.object({ promoterId: z.uuid() });

/** What runs without a person, in this process. `stop` ends it within eight seconds; what is cut off resumes elsewhere. */
export type Jobs = { stop(): Promise<void> };

// Next may load instrumentation twice in development: jobs start once a process.
const slot = globalThis as typeof globalThis & { parvisJobs?: Promise<Jobs> };

/** Starts all jobs of the deployment in this process: the mirror, recovery of acts, options' ends, notices, mail, the nightly pass. */
export function startJobs(): Promise<Jobs> {
  slot.parvisJobs ??= start();
  return slot.parvisJobs;
}

/** The same beside the server, unless WORKER=off leaves them to a process of their own; they end with the server. */
export async function startServerJobs(): Promise<void> {
  if (env().WORKER === 'off') return;
  const jobs = await startJobs();
  process.once('SIGTERM', () => void jobs.stop());
}

async function start(): Promise<Jobs> {
  await freeOwnLeases();
  const failed = (job: string) => (fault: unknown) =>
    log().error({ job, ...faultFacts(fault) }, 'job failed');
  const stock = promoterFollower((promoter) => followPromoter(promoter, 'due'), failed('stock'));
  const expiry = promoterFollower(
    (promoter) => expireOptions(mintSystem('system', promoter, 'expiry')),
    failed('expiry'),
  );
  let working = false;
  const repeated = [
    repeat('stock', env().SYNC_SECONDS, stock.round),
    repeat('expiry', EXPIRY_SECONDS, expiry.round),
    repeat('operations', RESUME_SECONDS, () => resumeDueOperations(resumption)),
    repeat('mail', MAIL_SECONDS, () => sendDueMail(noticeStands)),
    repeat('webhooks', WEBHOOK_SECONDS, () => processDueEvents()),
    repeat('review', REVIEW_SECONDS, () => reviewLots()),
    repeat('reservations', REVIEW_SECONDS, () => reviewReservations()),
    repeat('notices', NEWS_SECONDS, tellNews),
    // Apart from telling: a push service that is slow holds up nobody's news.
    repeat('push', NEWS_SECONDS, () => pushNotices(noticeStands)),
    repeat('reminders', REMINDER_SECONDS, tellReminders),
    repeat('cgp', CGP_SECONDS, () =>
      registerDueCgps((id) => mintSystem('system', asPromoterId(id), 'partners')),
    ),
    repeat('purge', PURGE_SECONDS, () => purgeExpired()),
    repeat('sweep', PURGE_SECONDS, () => sweepNotices()),
    repeat('statistics', STATISTICS_SECONDS, refreshStatistics),
    // The database may be away at start: the queue is opened when it is back.
    repeat('queue', QUEUE_RETRY_SECONDS, async () => {
      if (working) return;
      await workQueue();
      working = true;
    }),
  ];
  return {
    stop: async () => {
      const rounds = Promise.all(repeated.map(({ stop }) => stop()))
        .then(stock.settle)
        .then(expiry.settle);
      const patience = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
      await Promise.race([rounds, patience]);
      await closeQueue(STOP_MS);
      slot.parvisJobs = undefined;
    },
  };
}

/** The embedded database has one process: a lease found at its start belongs to one that died. */
async function freeOwnLeases(): Promise<void> {
  const { kind } = await database();
  if (kind !== 'pglite') return;
  await asSystem((tx) => tx.update(stockSync).set({ leaseUntil: null, phase: 'waiting' }).where(sql`true`));
}

async function workQueue(): Promise<void> {
  const queue = await jobQueue();
  // Koban may be away at night: ten minutes later, then twice as long, five times in all.
  await queue.createQueue(reconcileOne, {
    retryLimit: 5,
    retryDelay: 600,
    retryBackoff: true,
    policy: 'short',
  });
  await queue.createQueue(reconcileAll);
  // The pull in hand may have begun before the act: the next one tells.
  await queue.createQueue(followOne, { retryLimit: 3, retryDelay: 2, policy: 'short' });
  await queue.work(reconcileAll, async () => {
    for (const promoterId of await everyPromoter())
      await enqueue(reconcileOne, { promoterId }, { singletonKey: promoterId });
  });
  await queue.work(followOne, { pollingIntervalSeconds: FOLLOW_SECONDS }, async (jobs: Job[]) => {
    for (const { data } of jobs) {
      const { kind } = await followPromoter(asPromoterId(promoterJob.parse(data).promoterId), 'due');
      if (kind === 'busy') throw new Error(kind);
    }
  });
  await queue.work(reconcileOne, async (jobs: Job[]) => {
    for (const { data } of jobs) {
      const { promoterId } = promoterJob.parse(data);
      const result = await followPromoter(asPromoterId(promoterId), 'reconcile');
      // Thrown, so that the queue tries again later.
      if (result.kind !== 'done') throw new Error(result.kind === 'busy' ? 'busy' : result.fault);
    }
  });
  await queue.schedule(reconcileAll, NIGHTLY.cron, null, { tz: NIGHTLY.tz });
}

const resumption: Resumption = {
  mint: ({ id, promoterId, cabinetId }) => {
    const promoter = asPromoterId(promoterId);
    const actor = mintSystem('system', promoter, 'recovery');
    return { actor, ref: { id, promoter, cabinet: asCabinetId(cabinetId) } };
  },
  runners: {
    denonciation: poseDenonciation,
    option: resumeOption,
    prolongation: resumeProlongation,
    annulation: resumeCancellation,
    preresv: resumePreresv,
    dossier: resumeDossier,
    desistement: resumeWithdrawal,
  },
};
