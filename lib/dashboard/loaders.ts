import { partnerConventions, requirePartner } from '@/lib/auth/session';
import { readDashboard } from './queries';
import type { Dashboard } from './schema';
import { touchVisit } from './touch-visit';

/** The home page of the signed-in partner; drawing it is a sign of the person. Null when no convention is in force. */
export async function loadDashboard(): Promise<Dashboard | null> {
  const actor = await requirePartner();
  const opened = await partnerConventions(actor);
  if (opened.length === 0) return null;
  const since = await touchVisit(actor);
  return readDashboard(actor, { opened, since, now: new Date() });
}
