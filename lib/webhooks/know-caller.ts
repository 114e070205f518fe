import { createHash, timingSafeEqual } from 'node:crypto';
import { faultFacts, log } from '@/lib/core/log';
import { asPromoterId, mintSystem } from '@/lib/core/mint';
import type { SystemActor } from '@/lib/core/scope';
import { unseal } from '@/lib/core/seal';
import { within } from '@/lib/core/within';
import { promoter } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';

/** A promoter's door: who calls there, and the digests of the secrets that open it now. */
type Door = { actor: SystemActor; secrets: { digest: Buffer; until: Date | null }[] };
type Doors = { readAt: number; byToken: ReadonlyMap<string, Door> };

// Routes are bundled apart from jobs and pages: one slot for the whole process, as for the database.
const slot = globalThis as typeof globalThis & {
  parvisDoors?: { doors: Doors | null; reading: Promise<Doors> | null };
};
slot.parvisDoors ??= { doors: null, reading: null };
const kept = slot.parvisDoors;

/** How long another process's new token or secret may take to be known here. */
const FRESH_MS = 5_000;
/** They are read again well before that, so that a steady caller never waits for it. */
const RENEW_MS = 1_000;
/** A reading that takes longer is given up, so that the next can find the database back. */
const GIVEN_UP_MS = 2_000;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** What an unknown token's secret is held against, so that it takes as long as a known one's. */
const nobody = digest('');

/**
 * Whose Koban calls: the promoter of this token, if the secret is its present one or the one before it while that is still
 * valid. Every secret is compared in full, and an unknown token's too.
 * @throws when the doors are not known and the database is away
 */
export async function knowCaller(token: string, secret: string | null): Promise<SystemActor | null> {
  const { byToken } = await currentDoors();
  // Looked up by its digest: a map's own comparison tells nothing of the token.
  const door = byToken.get(digest(token).toString('base64'));
  const given = digest(secret ?? '');
  let known = false;
  for (const { digest: wanted, until } of [...(door?.secrets ?? []), unknown, unknown].slice(0, 2)) {
    const same = timingSafeEqual(wanted, given);
    known ||= same && (until === null || until > new Date());
  }
  return known && secret ? (door?.actor ?? null) : null;
}

const unknown = { digest: nobody, until: new Date(0) };

/** Makes this process read the doors again before the next call: after a rotation of its own. */
export function forgetDoors(): void {
  kept.doors = null;
  // One in hand may have begun before it.
  kept.reading = null;
}

async function currentDoors(): Promise<Doors> {
  const { doors } = kept;
  const age = doors ? performance.now() - doors.readAt : Number.POSITIVE_INFINITY;
  if (doors && age < RENEW_MS) return doors;
  kept.reading ??= renewDoors();
  // With the database away the doors stand as they were: nothing can be written behind them.
  const renewed = doors ? kept.reading.catch(() => doors) : kept.reading;
  return doors && age < FRESH_MS ? doors : renewed;
}

function renewDoors(): Promise<Doors> {
  const readAt = performance.now();
  const reading = within(GIVEN_UP_MS, readDoors())
    .then((byToken) => {
      if (!byToken) throw new Error('The database does not answer');
      const doors = { readAt, byToken };
      if (kept.reading === reading) kept.doors = doors;
      return doors;
    })
    .finally(() => {
      if (kept.reading === reading) kept.reading = null;
    });
  return reading;
}

async function readDoors(): Promise<Doors['byToken']> {
  const rows = await asSystem((tx) =>
    tx
      .select({
        id: promoter.id,
        token: promoter.webhookToken,
        sealed: promoter.webhookSecretSealed,
        old: promoter.webhookOldSealed,
        oldUntil: promoter.webhookOldUntil,
      })
      .from(promoter),
  );
  return new Map(rows.map((row) => [digest(row.token).toString('base64'), doorOf(row)]));
}

type Row = { id: string; sealed: string; old: string | null; oldUntil: Date | null };

function doorOf({ id, sealed, old, oldUntil }: Row): Door {
  const actor = mintSystem('webhook', asPromoterId(id), 'Koban');
  try {
    const secrets = [
      { digest: digest(unseal(sealed, id)), until: null },
      ...(old && oldUntil ? [{ digest: digest(unseal(old, id)), until: oldUntil }] : []),
    ];
    return { actor, secrets };
  } catch (fault) {
    // One promoter's secret that does not open keeps its own door shut, and nobody else's.
    log().error({ promoter: id, ...faultFacts(fault) }, 'a webhook secret cannot be opened');
    return { actor, secrets: [] };
  }
}
