import { sql } from 'drizzle-orm';
import { createAccount } from '@/lib/accounts/create-account';
import type { Machine } from '@/lib/audit/write-audit';
import { hashPassword } from '@/lib/auth/password';
import { rowsOf } from '@/lib/db/client';
import { cabinet, convention, conventionProgramme } from '@/lib/db/schema/all';
import { asSystem, type SystemTx } from '@/lib/db/tenancy';
import type { KobanAccess } from '@/lib/promoters/change-koban-access';
import { createPromoter } from '@/lib/promoters/create-promoter';
import type { Provisioning } from './provisioning-schema';
import { ProvisioningFault } from './read-provisioning';

const machine: Machine = { kind: 'system', name: 'provisioning' };

/** What the settings give a promoter that the file leaves without. */
export type Fallbacks = { koban: KobanAccess | null; webhookSecret: string | null };

/**
 * Fills an empty database from a provisioning file, whole or not at all; leaves any other database as it is.
 * @returns whether it was applied
 * @throws ProvisioningFault when a promoter has no access to Koban
 */
export async function applyProvisioning(file: Provisioning, fallbacks: Fallbacks): Promise<boolean> {
  const promoters = file.promoters.map((entry, index) => {
    const koban = entry.koban ?? fallbacks.koban;
    if (koban) return { ...entry, koban };
    throw new ProvisioningFault(
      `promoters[${index}].koban: is missing, and KOBAN_URL, KOBAN_API_KEY and KOBAN_USER_KEY are not all set`,
    );
  });
  if (!(await asSystem(isEmpty))) return false;
  const hashes = await hashPasswords(file);
  return asSystem(async (tx) => {
    // Several processes may start at once on one PostgreSQL: the second waits here, then finds the work done.
    await tx.execute(sql`select pg_advisory_xact_lock(726274732)`);
    if (!(await isEmpty(tx))) return false;
    const person = ({ email, name }: { email: string; name: string }) => ({
      email,
      name,
      passwordHash: hashes.get(email) ?? null,
    });
    const ids = new Map<string, string>();
    for (const { slug, name, koban, settings, webhook, staff } of promoters) {
      const secret = webhook.secret ?? fallbacks.webhookSecret ?? undefined;
      const promoterId = await createPromoter(tx, machine, {
        slug,
        name,
        koban,
        settings,
        webhook: { ...webhook, secret },
      });
      ids.set(slug, promoterId);
      for (const one of staff)
        await createAccount(tx, machine, { ...person(one), role: 'staff', promoterId });
    }
    for (const firm of file.cabinets) {
      const cabinetId = await createCabinet(tx, firm, ids);
      for (const one of firm.partners) {
        await createAccount(tx, machine, { ...person(one), role: one.role, cabinetId });
      }
    }
    for (const one of file.operators) await createAccount(tx, machine, { ...person(one), role: 'operator' });
    return true;
  });
}

async function isEmpty(tx: SystemTx): Promise<boolean> {
  const [row] = await rowsOf<{ used: boolean }>(
    tx,
    sql`select exists (select from promoter) or exists (select from account) or exists (select from cabinet) as used`,
  );
  return row?.used === false;
}

async function createCabinet(
  tx: SystemTx,
  { name, siren, orias, conventions }: Provisioning['cabinets'][number],
  promoters: ReadonlyMap<string, string>,
): Promise<string> {
  const [firm] = await tx.insert(cabinet).values({ name, siren, orias }).returning({ id: cabinet.id });
  if (!firm) throw new Error('A cabinet was not created');
  for (const { promoter, programmes, ...terms } of conventions) {
    const promoterId = promoters.get(promoter);
    if (!promoterId) throw new Error('A convention names no promoter');
    const [agreement] = await tx
      .insert(convention)
      .values({ ...terms, promoterId, cabinetId: firm.id, allProgrammes: programmes === 'all' })
      .returning({ id: convention.id });
    if (!agreement || programmes === 'all') continue;
    for (const programmeCode of new Set(programmes)) {
      await tx.insert(conventionProgramme).values({ conventionId: agreement.id, promoterId, programmeCode });
    }
  }
  return firm.id;
}

async function hashPasswords({ promoters, cabinets, operators }: Provisioning): Promise<Map<string, string>> {
  const people = [
    ...promoters.flatMap(({ staff }) => staff),
    ...cabinets.flatMap(({ partners }) => partners),
    ...operators,
  ];
  const hashes = new Map<string, string>();
  for (const { email, password } of people) {
    if (password) hashes.set(email, await hashPassword(password));
  }
  return hashes;
}
