import { and, eq, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { normaliseEmail } from '@/lib/core/normalise';
import { normalisePhone } from '@/lib/core/phone';
import type { PromoterId } from '@/lib/core/scope';
import { denonciation, operation, prospect } from '@/lib/db/schema/all';
import { asTenant, type TenantTx } from '@/lib/db/tenancy';
import { CGP_CODE } from '@/lib/koban/assumptions';
import type { KobanClient } from '@/lib/koban/client';
import { getThirdByKey, type KobanThird, searchThirds } from '@/lib/koban/thirds';
import type { Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { isSamePerson } from './rules';

/**
 * Learns the Koban guid of a prospect that already existed there, which an option needs: by e-mail, else by name. Only a
 * third that is certainly the same person will do; between several of them decides the one that Koban's check of a dénonciation named.
 * @returns the guid; null when Koban does not answer, or names nobody or several
 */
export async function identifyProspect(
  runner: Runner,
  of: { promoter: PromoterId; prospectId: string },
): Promise<string | null> {
  const person = await asTenant(runner.scope, (tx) => readPerson(tx, of.prospectId));
  if (!person) return null;
  if (person.guid) return person.guid;
  const guid = await findThird(await kobanFor(of.promoter), person);
  if (!guid) return null;
  await asTenant(runner.scope, async (tx) => {
    const changed = await tx
      .update(prospect)
      .set({ kobanGuid: guid })
      .where(and(eq(prospect.id, person.id), isNull(prospect.kobanGuid)))
      .returning({ id: prospect.id });
    if (changed.length === 0) return;
    await writeAudit(tx, runner, {
      action: 'prospect.identified',
      subjectType: 'prospect',
      subjectId: person.id,
      promoter: of.promoter,
    });
  });
  return guid;
}

type Person = { lastName: string; firstName: string; email: string; phone: string; named: string[] };

async function readPerson(
  tx: TenantTx,
  prospectId: string,
): Promise<(Person & { id: string; guid: string | null }) | null> {
  const [person] = await tx
    .select({
      id: prospect.id,
      guid: prospect.kobanGuid,
      lastName: prospect.lastName,
      firstName: prospect.firstName,
      email: prospect.email,
      phone: prospect.phone,
    })
    .from(prospect)
    .where(eq(prospect.id, prospectId));
  if (!person) return null;
  const checks = await tx
    .selectDistinct({ guid: sql<string | null>`${operation.data} ->> 'namedGuid'` })
    .from(denonciation)
    .innerJoin(operation, eq(operation.id, denonciation.operationId))
    .where(eq(denonciation.prospectId, prospectId));
  return { ...person, named: checks.flatMap(({ guid }) => (guid === null ? [] : [guid])) };
}

async function findThird(koban: KobanClient, person: Person): Promise<string | null> {
  const isThem = (third: KobanThird) =>
    third.statusCode !== CGP_CODE && isSamePerson({ ...person, phones: [person.phone] }, identityOf(third));
  const byEmail = await getThirdByKey(koban, { property: 'Email', value: person.email });
  if (byEmail.kind === 'done' && byEmail.value && isThem(byEmail.value)) return byEmail.value.guid;
  const namesakes = await readNamesakes(koban, person.lastName);
  if (!namesakes) return null;
  const same = namesakes.thirds.filter(isThem);
  const [only, ...others] = same;
  if (only && others.length === 0 && namesakes.whole) return only.guid;
  const [named, ...alsoNamed] = same.filter(({ guid }) => person.named.includes(guid));
  return named && alsoNamed.length === 0 ? named.guid : null;
}

const PAGE = 100;
/** A search by name is read this far: among more of one name, another record of the same person may follow. */
const MOST_NAMESAKES = 1_000;

/** Every third of this name; not `whole` when there are more than are read. Null when Koban does not answer. */
async function readNamesakes(
  koban: KobanClient,
  search: string,
): Promise<{ thirds: KobanThird[]; whole: boolean } | null> {
  const thirds = new Map<string, KobanThird>();
  for (let start = 0; start < MOST_NAMESAKES; ) {
    const read = await searchThirds(koban, { search, start, length: PAGE });
    if (read.kind !== 'done') return null;
    const { count, total } = read.value;
    const known = thirds.size;
    for (const third of read.value.thirds) thirds.set(third.guid, third);
    start += count;
    const last = total === null ? count < PAGE : start >= total;
    // A page that brings nobody new is the same one again: where it ends, Koban does not say.
    if (last || count === 0) return { thirds: [...thirds.values()], whole: true };
    if (thirds.size === known) return { thirds: [...thirds.values()], whole: false };
  }
  return { thirds: [...thirds.values()], whole: false };
}

function identityOf(third: KobanThird) {
  const phones = [third.phone, third.mobile].map((typed) => {
    const read = typed === null ? null : normalisePhone(typed);
    return read && 'e164' in read ? read.e164 : null;
  });
  return {
    lastName: third.name,
    firstName: third.firstName,
    email: third.email === null ? null : normaliseEmail(third.email),
    phones,
  };
}
