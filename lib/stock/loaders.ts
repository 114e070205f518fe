import { actorFromRequest, partnerConventions, requireOperator } from '@/lib/auth/session';
import { systemClock } from '@/lib/core/clock';
import type { PartnerActor, StaffActor } from '@/lib/core/scope';
import { answerStock, refuseStock } from './answer-stock';
import { cardOf, describeProgramme, describeStock, documentsOf } from './describe-programme';
import { fetchFile, findFile, refuseFile } from './fetch-file';
import { mirrorStates } from './queries';
import { readLot } from './read-lot';
import { annexOf, lotsOf } from './read-shelf';
import { type Grant, revealStock, type Sight } from './reveal-stock';
import type { LotDetail, ProgrammeCard, ProgrammeDetail, PromoterStock, StockLot } from './schema';

const everything: ReadonlySet<string> = new Set();
// One grant per promoter, so that what it reveals is worked out once and not at every request.
const staffGrants = new Map<string, Grant>();

/** The stocks that this person may see: a partner's by its conventions of today, staff's own whole. */
export async function grantsOf(
  actor: PartnerActor | StaffActor,
): Promise<readonly (Grant & { slug?: string })[]> {
  if (actor.kind === 'partner') return partnerConventions(actor);
  const grant = staffGrants.get(actor.promoter) ?? {
    promoterId: actor.promoter,
    allProgrammes: true,
    programmes: everything,
  };
  staffGrants.set(actor.promoter, grant);
  return [grant];
}

/** What this person may see of the stock of the promoter so named; null when that is nothing. */
export async function sightOf(actor: PartnerActor | StaffActor, slug: string): Promise<Sight | null> {
  for (const grant of await grantsOf(actor)) {
    if (grant.slug !== undefined && grant.slug !== slug) continue;
    const sight = await revealStock(actor.scope, grant);
    if (sight?.shelf.header.slug === slug) return sight;
  }
  return null;
}

/** Every stock that this person may see into, those without a programme yet too. */
export async function promoterStocks(actor: PartnerActor | StaffActor): Promise<PromoterStock[]> {
  const now = systemClock.now();
  return (await sightsOf(actor)).map((sight) => describeStock(sight, now));
}

/** Every programme that this person may see, of all promoters, by promoter then name. */
export async function programmeCards(actor: PartnerActor | StaffActor): Promise<ProgrammeCard[]> {
  const now = systemClock.now();
  return (await sightsOf(actor)).flatMap((sight) =>
    visibleRows(sight).map((row) => cardOf(describeProgramme(sight, row, now))),
  );
}

async function sightsOf(actor: PartnerActor | StaffActor): Promise<Sight[]> {
  const grants = await grantsOf(actor);
  const sights = await Promise.all(grants.map((grant) => revealStock(actor.scope, grant)));
  return sights.filter((sight) => sight !== null);
}

const visibleRows = ({ shelf, codes }: Sight) => shelf.programmes.filter(({ code }) => codes.has(code));

/** One programme with all its lots, annexes attached; null when it is not there or not this person's to see. */
export async function programmePage(
  actor: PartnerActor | StaffActor,
  slug: string,
  code: string,
): Promise<{ programme: ProgrammeDetail; lots: StockLot[] } | null> {
  const sight = await sightOf(actor, slug);
  const row = sight && visibleRows(sight).find((each) => each.code === code);
  if (!row) return null;
  return { programme: describeProgramme(sight, row, systemClock.now()), lots: lotsOf(sight.shelf, code) };
}

/**
 * One lot, by its code or by the code of one of its annexes; a withdrawn lot too, marked so, for links that were shared.
 * Null when it is not there or not this person's to see.
 */
export async function lotPage(
  actor: PartnerActor | StaffActor,
  slug: string,
  extcode: string,
): Promise<LotDetail | null> {
  const sight = await sightOf(actor, slug);
  const asked = sight?.shelf.byCode.get(extcode);
  if (!sight || !asked || !sight.codes.has(asked.programmeCode)) return null;
  const annex = annexOf(sight.shelf, asked, sight.codes);
  const principal = annex
    ? annex.principal === null
      ? null
      : sight.shelf.byCode.get(annex.principal)
    : asked;
  if (!principal || !sight.codes.has(principal.programmeCode)) return null;
  const row = visibleRows(sight).find(({ code }) => code === principal.programmeCode);
  const read = await readLot(actor.scope, sight, principal.extcode);
  if (!row || !read) return null;
  const { lot } = read;
  const annexesCents = lot.annexes.reduce((sum, each) => sum + (each.priceCents ?? 0), 0);
  return {
    lot,
    description: read.description,
    documents: documentsOf(sight.shelf.header, { kind: 'lot', code: lot.extcode }, read.files),
    annex,
    programme: describeProgramme(sight, row, systemClock.now()),
    breakdown: {
      lotCents: lot.priceCents,
      annexesCents,
      totalCents: lot.priceCents === null ? null : lot.priceCents + annexesCents,
    },
  };
}

/** The compact stock of one promoter for the person who asks, by `?promoter=` and `&since=`: for `GET /api/stock`. */
export async function stockAnswer(request: Request): Promise<Response> {
  const actor = await actorFromRequest(request);
  if (!actor) return refuseStock(request, 401, 'signed-out');
  if (actor.kind === 'operator') return refuseStock(request, 403, 'forbidden');
  const sight = await sightOf(actor, new URL(request.url).searchParams.get('promoter') ?? '');
  return sight ? answerStock(request, sight) : refuseStock(request, 404, 'unknown-promoter');
}

/** A picture or document of a programme or lot that the person may see: for `GET /api/files/…`. */
export async function fileAnswer(request: Request, promoter: string, path: string[]): Promise<Response> {
  const actor = await actorFromRequest(request);
  if (!actor) return refuseFile(401, 'signed-out');
  const [kind, code = '', key = '', ...more] = path;
  const sight = actor.kind === 'operator' || more.length > 0 ? null : await sightOf(actor, promoter);
  if (!sight || actor.kind === 'operator') return refuseFile(404, 'unknown-file');
  const file = await findFile(actor.scope, sight, { kind, code, key });
  return file ? fetchFile(request, sight, file) : refuseFile(404, 'unknown-file');
}

/** Where every promoter's mirror stands, for the operator. */
export async function mirrors() {
  return mirrorStates(await requireOperator());
}
