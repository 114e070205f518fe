import { requireStaff } from '@/lib/auth/session';
import { listLeads } from './queries';
import { type LeadPage, leadFilterSchema } from './schema';

/** « Leads » for the signed-in staff; state and page are what stands in the URL, whatever it is. */
export async function loadLeads(search: Record<string, unknown>): Promise<LeadPage> {
  return listLeads(await requireStaff(), leadFilterSchema.parse({ ...search, q: '' }));
}
