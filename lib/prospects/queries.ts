import { and, eq, isNull } from 'drizzle-orm';
import { writeAudit } from '@/lib/audit/write-audit';
import { normaliseEmail } from '@/lib/core/normalise';
import { normalisePhone } from '@/lib/core/phone';
import type { PromoterId } from '@/lib/core/scope';
import { prospect } from '@/lib/db/schema/all';
import { asTenant } from '@/lib/db/tenancy';
import { CGP_CODE } from '@/lib/koban/assumptions';
import type { KobanClient } from '@/lib/koban/client';
import { getThirdByKey, type KobanThird, searchThirds } from '@/lib/koban/thirds';
import type { Runner } from '@/lib/operations/definition';
import { kobanFor } from '@/lib/promoters/queries';
import { isSamePerson } from './rules';

/**
 * Learns the Koban guid of a prospect that already existed there, which an option needs: by e-mail, else by name. Only a
 * third that is certainly the same person will do.
 * @param of.namedGuid the third that Koban's check named: it decides between several that are the same person, and no more
 * @returns the guid; null when Koban does not answer, or names nobody or several
 */
export async function identifyProspect(
  runner: Runner,
  of: { promoter: PromoterId; prospectId: string; namedGuid?: string | null },
): Promise<string | null> {
  const [person] = await asTenant(runner.scope, (tx) =>
    tx
      .select({
        id: prospect.id,
        guid: prospect.kobanGuid,
        lastName: prospect.lastName,
        firstName: prospect.firstName,
        email: prospect.email,
        phone: prospect.phone,
      })
      .from(prospect)
      .where(eq(prospect.id, of.prospectId)),
  );
  if (!person) return null;
  if (person.guid) return person.guid;
  const guid = await findThird(await kobanFor(of.promoter), person, of.namedGuid ?? null);
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

type Person = { lastName: string; firstName: string; email: string; phone: string };

async function findThird(
  koban: KobanClient,
  person: Person,
  namedGuid: string | null,
): Promise<string | null> {
  const isThem = (third: KobanThird) =>
    third.statusCode !== CGP_CODE && isSamePerson({ ...person, phones: [person.phone] }, identityOf(third));
  const byEmail = await getThirdByKey(koban, { property: 'Email', value: person.email });
  if (byEmail.kind === 'done' && byEmail.value && isThem(byEmail.value)) return byEmail.value.guid;
  const byName = await searchThirds(koban, { search: person.lastName, length: 100 });
  if (byName.kind !== 'done') return null;
  const same = byName.value.thirds.filter(isThem);
  const [only, ...others] = same;
  if (only && others.length === 0) return only.guid;
  return same.find(({ guid }) => guid === namedGuid)?.guid ?? null;
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
