import { partnerConventions, requirePartner } from '@/lib/auth/session';
import { readDashboard, visitBefore } from './queries';
import type { Dashboard } from './schema';

/** The home page of the signed-in partner. Null when no convention is in force. */
export async function loadDashboard(): Promise<Dashboard | null> {
  const actor = await requirePartner();
  const opened = await partnerConventions(actor);
  if (opened.length === 0) return null;
  const now = new Date();
  return readDashboard(actor, { opened, since: await visitBefore(actor, now), now });
}
