import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from './client';

/** The channel on which every process of the deployment hears what has changed. */
export const CHANNEL = 'parvis';

/**
 * What has changed, in ids alone: whoever hears it reads for itself, as the person it reads for may see it. `stock`: the
 * promoter's stock version has grown. `seen`: a pull of it has ended, well or not. `act`: a dénonciation, an option or a
 * reservation of this cabinet. `note`: something is told to this person. `rights`: an account, or all of a cabinet's, may see
 * something else than before.
 */
export const announcementSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stock'), promoter: z.string() }),
  z.object({ kind: z.literal('seen'), promoter: z.string() }),
  z.object({
    kind: z.literal('act'),
    promoter: z.string(),
    cabinet: z.string(),
    act: z.enum(['denonciation', 'option', 'reservation']),
    id: z.string(),
  }),
  z.object({ kind: z.literal('note'), account: z.string() }),
  z.object({ kind: z.literal('rights'), account: z.string().optional(), cabinet: z.string().optional() }),
]);
export type Announcement = z.infer<typeof announcementSchema>;

/** Announces a change to every process; it is heard when the transaction commits, and never if it does not. */
export async function announce(tx: Tx, announcement: Announcement): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${JSON.stringify(announcement)})`);
}
