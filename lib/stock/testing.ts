import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { SystemActor } from '@/lib/core/scope';
import { type FieldMapping, lot, promoter, stockSync } from '@/lib/db/schema/all';
import { asSystem, asTenant } from '@/lib/db/tenancy';
import { createKobanClient, type KobanClient } from '@/lib/koban/client';
import { createSandbox, type Sandbox, type SandboxOptions } from '@/sandbox/app';
import type { PulledLot } from './paged-koban.testing';

const URL_OF_SANDBOX = 'http://127.0.0.1:4159/api/v1';

/** A promoter in the database, and the job that acts for it. */
export async function addPromoter(
  settings: { fields?: FieldMapping[]; documentHosts?: string[] } = {},
): Promise<SystemActor & { slug: string }> {
  const id = asPromoterId(randomUUID());
  const slug = `p-${id.slice(0, 8)}`;
  await asSystem((tx) =>
    tx.insert(promoter).values({
      id,
      slug,
      name: 'Groupe Valmont',
      kobanUrl: URL_OF_SANDBOX,
      kobanKeysSealed: 'x',
      kobanAccount: id,
      webhookToken: id,
      webhookSecretSealed: 'x',
      settings: {
        optionHours: 72,
        optionHoursMax: 168,
        fields: settings.fields ?? [],
        statusLabels: {},
        documentHosts: settings.documentHosts ?? [],
      },
    }),
  );
  return Object.assign(mintSystem('system', id, 'stock'), { slug });
}

/** A Koban of its own, and a client whose keys nobody else uses: breakers are per account and process. */
export function openKoban(options: SandboxOptions = {}): { sandbox: Sandbox; koban: KobanClient } {
  const keys = { api: randomUUID(), user: randomUUID() };
  const sandbox = createSandbox({ ...options, keys: { valmont: keys } });
  return { sandbox, koban: clientOf(sandbox.fetch, keys) };
}

/** A client of any imitation of Koban. */
export function clientOf(
  fetch: typeof globalThis.fetch,
  keys = { api: randomUUID(), user: randomUUID() },
  totalMs = 10_000,
): KobanClient {
  return createKobanClient({
    baseUrl: URL_OF_SANDBOX,
    apiKey: keys.api,
    userKey: keys.user,
    fetch,
    limits: { tries: 1, breakerFailures: 1_000, totalMs },
  });
}

/** The promoter's stock version. */
export const versionOf = async (actor: SystemActor) =>
  (
    await asTenant(actor.scope, (tx) =>
      tx.select({ version: promoter.stockVersion }).from(promoter).where(eq(promoter.id, actor.promoter)),
    )
  )[0]?.version ?? 0;

/** Every lot of the mirror, withdrawn ones too, by code. */
export const lotsOf = (actor: SystemActor) =>
  asTenant(actor.scope, (tx) => tx.select().from(lot).orderBy(lot.extcode));

/** The codes of the lots that are not withdrawn. */
export const liveCodes = async (actor: SystemActor) =>
  (await lotsOf(actor)).filter((row) => row.withdrawnAt === null).map((row) => row.extcode);

/** Where the mirror stands. */
export const stateOf = async (actor: SystemActor) =>
  (await asTenant(actor.scope, (tx) => tx.select().from(stockSync)))[0];

/** So many lots, L0001 and on. */
export const many = (count: number, from = 1): PulledLot[] =>
  Array.from({ length: count }, (_, index) => ({ code: `L${String(from + index).padStart(4, '0')}` }));
