import { faultFacts, log } from '@/lib/core/log';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { SystemActor } from '@/lib/core/scope';
import { notifyPromoter } from '@/lib/notifications/notify-promoter';
import { remindExpiries } from '@/lib/notifications/remind-expiries';
import { verifyNotice } from '@/lib/notifications/verify-notices';
import { everyPromoter } from './follow-stock';

/** Tells people what has happened at each promoter. */
export const tellNews = (): Promise<void> => eachPromoter((actor) => notifyPromoter(actor));

/** Whether a notice still says what is so, asked before each try to send it. */
export const noticeStands = (notice: number, now: Date): Promise<boolean> =>
  verifyNotice(notice, (id) => mintSystem('system', asPromoterId(id), 'notifications'), now);

/** Reminds people of the options that end soon. */
export const tellReminders = (): Promise<void> => eachPromoter((actor) => remindExpiries(actor));

/** One promoter's fault keeps no other from being told. */
async function eachPromoter(work: (actor: SystemActor) => Promise<unknown>): Promise<void> {
  for (const promoter of await everyPromoter()) {
    await work(mintSystem('system', promoter, 'notifications')).catch((fault: unknown) =>
      log().error({ job: 'notices', promoter, ...faultFacts(fault) }, 'job failed'),
    );
  }
}
