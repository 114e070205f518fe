import type { SystemActor } from '@/lib/core/scope';
import { believedOptions, statusFamily } from '@/lib/stock/rules';
import { type BoardLot, recentBoard } from './keep-board';

export type OptionCheck = { status: boolean; rank?: 1 | 2 };

/** Two polls of five minutes missed (RELIABILITY, rule 16): what is known of the lot is then too old to say yes. */
const OLDEST_SECONDS = 600;

const no: OptionCheck = { status: false };

/**
 * Whether the portal lets Koban's salesman place an option on a lot, and at which rank. Reads the mirror alone, and writes
 * nothing. No: while a partner's act on the lot is under way or uncertain, when the lot is unknown or not open to an
 * option, when the mirror is too old, and when what is known was not proven within the last second.
 */
export async function checkOption(actor: SystemActor, extcode: string): Promise<OptionCheck> {
  const board = await recentBoard(actor);
  const lot = board?.lots.get(extcode);
  if (!board || !lot?.open || board.held.has(extcode) || board.mirrorSeconds === null) return no;
  const age = board.mirrorSeconds + (performance.now() - board.at) / 1_000;
  return age < OLDEST_SECONDS ? rankOf(lot, new Date()) : no;
}

/**
 * The next rank by the mirror, as far as its reading of the lot's options is still believed. An option of ours is known before its
 * lot's status is. No rank where none is known: Koban itself counts its options.
 */
export function rankOf(
  { status, result, rank: optionRank, rank1EndsAt, seenAt }: Omit<BoardLot, 'open'>,
  now: Date,
): OptionCheck {
  const family = statusFamily(status, result);
  if (family !== 'libre' && family !== 'option') return no;
  const reading = { optionRank, rank1EndsAt: dateOf(rank1EndsAt), optionSeenAt: dateOf(seenAt) };
  const { rank, fresh } = believedOptions(reading, now);
  switch (rank ?? (family === 'libre' ? 0 : null)) {
    case 0:
      return { status: true, rank: 1 };
    case 1:
      return { status: true, rank: 2 };
    case 2:
      // As partners may ask Koban again, so may the salesman, once a full lot was not looked at for a while.
      return fresh ? no : { status: true };
    case null:
      return { status: true };
  }
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));
