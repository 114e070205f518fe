import { partnerFromRequest, requirePartner } from '@/lib/auth/session';
import { listOptions, liveOption, optionsOfDenonciation, optionsOfLot } from './queries';
import { readLimits } from './read-limits';
import { readShut } from './read-shut';
import {
  actIdSchema,
  type Limits,
  type LotRef,
  type OptionLine,
  type OptionPage,
  optionFilterSchema,
  type ShutActs,
  type ShutPromoter,
} from './schema';

/** « Mes options » for the signed-in partner; state and page are what stands in the URL, whatever it is. */
export async function loadOptions(search: Record<string, unknown>): Promise<OptionPage> {
  return listOptions(await requirePartner(), optionFilterSchema.parse({ ...search, q: '' }));
}

/** What bounds the signed-in partner's options, promoter by promoter. */
export async function loadLimits(): Promise<Limits[]> {
  return readLimits(await requirePartner());
}

/** Promoters that no longer open themselves to the signed-in partner, who has such acts there. */
export async function loadShut(of: ShutActs): Promise<ShutPromoter[]> {
  return readShut(await requirePartner(), of);
}

/** The signed-in partner's options on one lot. */
export async function loadOptionsOfLot(ref: LotRef): Promise<OptionLine[]> {
  return optionsOfLot(await requirePartner(), ref);
}

/** The signed-in partner's options that rest on one dénonciation. */
export async function loadOptionsOfDenonciation(id: string): Promise<OptionLine[]> {
  return optionsOfDenonciation(await requirePartner(), id);
}

/** Answers a page that polls one option (`liveOptionSchema`), for the partner who sent the request. */
export async function answerLive(request: Request, id: string): Promise<Response> {
  const actor = await partnerFromRequest(request);
  if (actor instanceof Response) return actor;
  const known = actIdSchema.safeParse(id).data;
  const live = known ? await liveOption(actor, known) : null;
  const init = { status: live ? 200 : 404, headers: { 'cache-control': 'no-store' } };
  return Response.json(live ?? { error: 'not-found' }, init);
}
