import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { PromoterId } from '@/lib/core/scope';
import { seal, sha256, unseal } from '@/lib/core/seal';
import { promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { createKobanClient, type KobanClient } from '@/lib/koban/client';

/** Access to a Koban account: its address up to and including `/api/v1`, and the two keys. */
export type KobanAccess = { url: string; apiKey: string; userKey: string };

const keysSchema = z.object({ apiKey: z.string(), userKey: z.string() });

/** What the database keeps of a promoter's access to Koban: the keys are sealed for that promoter alone. */
export function sealAccess(promoterId: string, access: KobanAccess) {
  const { apiKey, userKey } = access;
  return {
    kobanUrl: access.url,
    kobanKeysSealed: seal(JSON.stringify({ apiKey, userKey }), promoterId),
    kobanAccount: sha256(`${new URL(access.url).host}\n${apiKey}`),
  };
}

/** Ten seconds: how long changed keys may take to reach every process. */
const freshMs = 10_000;

type Kept = { readAt: number; sealed: string; client: KobanClient };
const clients = new Map<PromoterId, Kept>();

/** The client of a promoter's Koban account; made anew when its address or keys change. @throws when the promoter is unknown. */
export async function kobanFor(promoterId: PromoterId): Promise<KobanClient> {
  const known = clients.get(promoterId);
  if (known && Date.now() - known.readAt < freshMs) return known.client;
  const readAt = Date.now();
  const [row] = await asSystem((tx) =>
    tx
      .select({ url: promoter.kobanUrl, keys: promoter.kobanKeysSealed })
      .from(promoter)
      .where(eq(promoter.id, promoterId)),
  );
  if (!row) throw new Error('There is no such promoter');
  const sealed = `${row.url}\n${row.keys}`;
  const client = known?.sealed === sealed ? known.client : open(promoterId, row.url, row.keys);
  clients.set(promoterId, { readAt, sealed, client });
  return client;
}

function open(promoterId: PromoterId, baseUrl: string, keys: string): KobanClient {
  return createKobanClient({ baseUrl, ...openKeys(keys, promoterId) });
}

const openKeys = (sealed: string, promoterId: string) =>
  keysSchema.parse(JSON.parse(unseal(sealed, promoterId)));

/** Whether these are the keys that are sealed there. */
export function opensAs(sealed: string, promoterId: string, access: KobanAccess): boolean {
  const { apiKey, userKey } = openKeys(sealed, promoterId);
  return apiKey === access.apiKey && userKey === access.userKey;
}
