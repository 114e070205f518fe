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
import { type SilenceCode, silenceCode } from '@/lib/operations/answers';
import type { Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { isSamePerson } from './rules';

/** Whose record is a prospect's in Koban: `none` when it names nobody, or several; `silent` when it could not be asked. */
export type Identity =
  | { kind: 'found'; guid: string }
  | { kind: 'none' }
  | { kind: 'silent'; code: SilenceCode };

/**
 * Learns the Koban guid of a prospect that already existed there, which an option needs: by e-mail, else by name. Only a
 * third that is certainly the same person will do; between several of them decides the one that Koban's check of a dénonciation named.
 */
export async function identifyProspect(
  runner: Runner,
  of: { promoter: PromoterId; prospectId: string },
): Promise<Identity> {
  const person = await asTenant(runner.scope, (tx) => readPerson(tx, of.prospectId));
  if (!person) return none;
  if (person.guid) return { kind: 'found', guid: person.guid };
  const identity = await findThird(await kobanFor(of.promoter), person);
  if (identity.kind !== 'found') return identity;
  const { guid } = identity;
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
  return identity;
}

const none: Identity = { kind: 'none' };

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

async function findThird(koban: KobanClient, person: Person): Promise<Identity> {
  const isThem = (third: KobanThird) =>
    third.statusCode !== CGP_CODE && isSamePerson({ ...person, phones: [person.phone] }, identityOf(third));
  const byEmail = await getThirdByKey(koban, { property: 'Email', value: person.email });
  if (byEmail.kind === 'done' && byEmail.value && isThem(byEmail.value)) return found(byEmail.value);
  const read = await readNamesakes(koban, person.lastName);
  if (read.kind === 'silent') return read;
  const same = read.thirds.filter(isThem);
  const [only, ...others] = same;
  if (only && others.length === 0 && read.whole) return found(only);
  const [named, ...alsoNamed] = same.filter(({ guid }) => person.named.includes(guid));
  if (named && alsoNamed.length === 0) return found(named);
  // Another person's record under that address is an answer.
  const answered = byEmail.kind === 'done' || (byEmail.kind === 'malformed' && byEmail.reason === 'mismatch');
  return answered ? none : { kind: 'silent', code: silenceCode(byEmail) };
}

const found = ({ guid }: KobanThird): Identity => ({ kind: 'found', guid });

const PAGE = 100;
/** A search by name is read this far: among more of one name, another record of the same person may follow. */
const MOST_NAMESAKES = 1_000;

type Namesakes = { kind: 'read'; thirds: KobanThird[]; whole: boolean };

/** Every third of this name; not `whole` when there are more than are read. */
async function readNamesakes(
  koban: KobanClient,
  search: string,
): Promise<Namesakes | Extract<Identity, { kind: 'silent' }>> {
  const thirds = new Map<string, KobanThird>();
  for (let start = 0; start < MOST_NAMESAKES; ) {
    const read = await searchThirds(koban, { search, start, length: PAGE });
    if (read.kind !== 'done') return { kind: 'silent', code: silenceCode(read) };
    const { count, total } = read.value;
    const known = thirds.size;
    for (const third of read.value.thirds) thirds.set(third.guid, third);
    start += count;
    const last = total === null ? count < PAGE : start >= total;
    // A page that brings nobody new is the same one again: where it ends, Koban does not say.
    if (last || count === 0) return namesakes(thirds, true);
    if (thirds.size === known) break;
  }
  return namesakes(thirds, false);
}

const namesakes = (thirds: ReadonlyMap<string, KobanThird>, whole: boolean): Namesakes => ({
  kind: 'read',
  thirds: [...thirds.values()],
  whole,
});

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
