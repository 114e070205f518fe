import { randomUUID } from 'node:crypto';
import { asAccountId, asPromoterId, mintStaff } from '@/lib/core/mint';
import type { StaffActor } from '@/lib/core/scope';
import { account, cabinet, convention, conventionProgramme, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { encodeSession, newSession } from './token';

/** A test's own people; every call makes new ones. */
export async function makePromoter(name = 'Promoteur'): Promise<{ id: string; slug: string }> {
  const id = randomUUID();
  const slug = `p-${id.slice(0, 8)}`;
  const settings = { optionHours: 72, optionHoursMax: 168, fields: [], statusLabels: {}, documentHosts: [] };
  await asSystem((tx) =>
    tx.insert(promoter).values({
      id,
      slug,
      name,
      kobanUrl: 'http://127.0.0.1/api/v1',
      kobanKeysSealed: 'x',
      kobanAccount: id,
      webhookToken: id,
      webhookSecretSealed: 'x',
      settings,
    }),
  );
  return { id, slug };
}

export async function makeCabinet(name = 'Cabinet'): Promise<string> {
  const [row] = await asSystem((tx) => tx.insert(cabinet).values({ name }).returning({ id: cabinet.id }));
  if (!row) throw new Error('no cabinet');
  return row.id;
}

type Terms = Partial<
  Pick<typeof convention.$inferInsert, 'validFrom' | 'validUntil' | 'maxOptions' | 'kobanGuid'>
>;

export async function makeConvention(
  cabinetId: string,
  promoterId: string,
  programmes: 'all' | readonly string[] = 'all',
  terms: Terms = {},
): Promise<void> {
  await asSystem(async (tx) => {
    const [row] = await tx
      .insert(convention)
      .values({ cabinetId, promoterId, allProgrammes: programmes === 'all', ...terms })
      .returning({ id: convention.id });
    if (!row || programmes === 'all') return;
    for (const programmeCode of programmes) {
      await tx.insert(conventionProgramme).values({ conventionId: row.id, promoterId, programmeCode });
    }
  });
}

type Belonging =
  | { role: 'adviser' | 'manager'; cabinetId: string }
  | { role: 'staff'; promoterId: string }
  | { role: 'operator' };

export type MadeAccount = { id: string; email: string; name: string; sessionVersion: number };

export async function makeAccount(
  belonging: Belonging,
  { passwordHash = null, name = 'Camille Lenoir' }: { passwordHash?: string | null; name?: string } = {},
): Promise<MadeAccount> {
  const email = `${randomUUID().slice(0, 8)}@exemple.fr`;
  const [row] = await asSystem((tx) =>
    tx
      .insert(account)
      .values({ ...belonging, email, name, passwordHash })
      .returning({ id: account.id, sessionVersion: account.sessionVersion }),
  );
  if (!row) throw new Error('no account');
  return { ...row, email, name };
}

/** Somebody of a promoter's staff. */
export async function makeStaff(promoterId: string): Promise<StaffActor> {
  const { id, name } = await makeAccount({ role: 'staff', promoterId });
  return mintStaff({ account: asAccountId(id), name, promoter: asPromoterId(promoterId) });
}

/** The session cookie's value of a new sign-in. */
export const sessionOf = (account: { id: string; sessionVersion: number }): Promise<string> =>
  encodeSession(newSession(account));
