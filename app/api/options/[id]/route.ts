import { partnerFromRequest } from '@/lib/auth/session';
import { actIdSchema } from '@/lib/denonciations/schema';
import { liveOption } from '@/lib/options/queries';

const noStore = { 'cache-control': 'no-store' };

/** What changes of an option, for the page that shows it (`liveOptionSchema`). */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const id = actIdSchema.safeParse((await params).id).data;
  const live = id ? await liveOption(actor, id) : null;
  if (!live) return Response.json({ error: 'not-found' }, { status: 404, headers: noStore });
  return Response.json(live, { headers: noStore });
}
