import { randomUUID } from 'node:crypto';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { SystemActor } from '@/lib/core/scope';
import { type FieldMapping, promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { createKobanClient, type KobanClient } from '@/lib/koban/client';
import { createSandbox, type Sandbox, type SandboxOptions } from '@/sandbox/app';

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
): KobanClient {
  return createKobanClient({
    baseUrl: URL_OF_SANDBOX,
    apiKey: keys.api,
    userKey: keys.user,
    fetch,
    limits: { tries: 1, breakerFailures: 1_000 },
  });
}
